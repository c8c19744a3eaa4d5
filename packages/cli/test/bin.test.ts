import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url))
const secret = 'visibuild-secret-0123456789abcdef'
const options = ['--scheme', 'visibuild', '--secret-env', 'S']
let folder: string

beforeAll(async () => {
  if (!existsSync(bin)) throw new Error('The command is not built; run "pnpm build:js" first.')
  folder = await mkdtemp(join(tmpdir(), 'countersign-bin-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built command as a process of its own. */
function start(args: readonly string[], nodeArgs: readonly string[] = []) {
  const child = spawn(process.execPath, [...nodeArgs, bin, ...args], { cwd: folder, env: { S: secret } })
  const chunks = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      chunks[name] += text
    })
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...chunks })))
  return { child, ended }
}

const runBin = (args: readonly string[]) => {
  const { child, ended } = start(args)
  child.stdin.end()
  return ended
}

describe('the command as a process', () => {
  test('signs, verifies, refuses and complains, each with its exit code', async () => {
    const signed = await runBin(['sign', ...options, '--output', 'delivery.http'])
    expect(signed).toEqual({ code: 0, stdout: '', stderr: '' })
    const [accepted, refused, wrong, unknown] = await Promise.all([
      runBin(['verify', 'delivery.http', ...options]),
      runBin(['verify', 'delivery.http', ...options, '--now', '1767225600']),
      runBin(['verify', 'nothing.http', ...options]),
      runBin(['nonsense']),
    ])
    expect([accepted?.code, accepted?.stderr]).toEqual([0, ''])
    expect([refused?.code, refused?.stderr]).toEqual([1, ''])
    expect(wrong).toEqual({
      code: 2,
      stdout: '',
      stderr: 'countersign: cannot read the capture "nothing.http": there is no such file\n',
    })
    expect(unknown?.code).toBe(2)
  })

  test('keeps its exit code when its reader goes away', async () => {
    await writeFile(join(folder, 'empty.json'), '{"headers": {}}')
    const { child, ended } = start(['verify', 'empty.json', ...options])
    child.stdout.destroy()
    expect(await ended).toEqual({ code: 1, stdout: '', stderr: '' })
  })

  test('says so when the output cannot be written', async () => {
    if (!existsSync('/dev/full')) return
    const child = spawn('sh', ['-c', `exec "${process.execPath}" "${bin}" --help > /dev/full`])
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect([code, stderr]).toEqual([2, 'countersign: cannot write the output (ENOSPC)\n'])
  })
})

describe.runIf(process.platform !== 'win32')('Ctrl-C', () => {
  test('in the middle ends it with 130 and one line', async () => {
    const { child, ended } = start(['verify', '-', ...options])
    // More than a pipe holds: once it is written the process has read, and waits for the rest.
    await new Promise((resolve) => child.stdin.write('POST / HTTP/1.1\r\n'.repeat(200_000), resolve))
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 130, stdout: '', stderr: 'countersign: interrupted\n' })
  })
})

test('an internal error is one line, without a stack trace or the message', async () => {
  const fault = `const timer = setInterval(() => {
    if (process.listenerCount('uncaughtException') === 0) return
    clearInterval(timer)
    throw new TypeError('${secret}')
  }, 5)`
  const { ended, child } = start(
    ['verify', '-', ...options],
    ['--import', `data:text/javascript,${encodeURIComponent(fault)}`],
  )
  const { code, stdout, stderr } = await ended
  child.stdin.end()
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toBe('countersign: internal error (TypeError); please report it with the command you ran\n')
})
