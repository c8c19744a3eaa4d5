import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { families } from './families.js'

// These tests check that the benchmark works. They check no speed.

describe('pnpm bench', { timeout: 180_000 }, () => {
  it('measures every family, and prints its tables and marks', async () => {
    const { code, output, errors } = await runBench('--smoke')
    expect(errors).toBe('')
    expect(code).toBe(0)
    for (const { title } of families)
      expect(output).toMatch(new RegExp(`^== ${escapeRegExp(title)} \\(\\d+ s\\)$`, 'm'))
    expect(output).toMatch(/ (met|missed) /)
    expect(output).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('measures only the families that it is asked for', async () => {
    const { code, output } = await runBench('--smoke', '--only', 'weight')
    expect(code).toBe(0)
    expect(output.match(/^== .+$/gm)).toHaveLength(1)
  })
})

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

async function runBench(...args: string[]): Promise<{ code: number; output: string; errors: string }> {
  const program = fileURLToPath(new URL('./bench.js', import.meta.url))
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  const [code] = await once(child, 'close')
  return { code, output, errors }
}
