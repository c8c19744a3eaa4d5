import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const hasPython = spawnSync('python3', ['--version']).status === 0

/** The receiver in Python, as a process of its own. */
export async function startPython() {
  const child = spawn('python3', [fileURLToPath(new URL('python-receiver.py', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const output = createInterface(child.stdout)
  const [first] = await once(output, 'line')
  output.on('line', (line) => lines.push(line))
  return {
    url: String(first).replace('listening on ', ''),
    secret: 'python-receiver-secret-0123456789',
    handled: () => lines.length,
    stop: () => child.kill(),
  }
}
