import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { embeddable, visibuild } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { findMismatches } from './find-mismatches.js'
import { runDemo } from './run-demo.js'
import { type DemoSender, senders } from './senders.js'

describe('pnpm demo', { timeout: 30_000 }, () => {
  it('shows every delivery of the five senders, all as expected, and ends with exit code 0', async () => {
    const { code, output } = await runProgram()
    expect(output).toContain('✔ 29 deliveries, 9 handler runs: all as expected')
    expect(code).toBe(0)
    expect(output.match(/^ {2}✔ /gm)).toHaveLength(29)
    expect(output).not.toContain('✘')
    for (const scheme of ['visisto', 'fingerprinting-api', 'embeddable', 'visibuild', 'scratcher']) {
      expect(output).toMatch(new RegExp(`^${scheme} `, 'm'))
    }
  })

  it('writes no colours if the output is not a terminal', async () => {
    expect((await runProgram()).output).not.toContain('\u001b')
  })
})

describe('runDemo', { timeout: 30_000 }, () => {
  it('ends with 1 if a result is not as expected', async () => {
    const [first, ...others] = senders()
    const wrong = { status: 202, outcome: 'conflict', runs: 3 }
    const { code, output } = await run([
      change(first, { expected: { ...first?.expected, forged: wrong } }),
      ...others,
    ])
    expect(code).toBe(1)
    expect(output.match(/✘ forged .*$/m)?.[0]).toMatch(
      /status should be 202, outcome should be conflict, runs should be 3$/,
    )
    expect(output).toContain('29 deliveries, 9 handler runs: 1 not as expected')
  })

  it('ends with 1 if the receiver accepts what it must refuse', async () => {
    const lenient = senders().map((sender) =>
      sender.scheme.name === 'visibuild'
        ? change(sender, { scheme: visibuild({ toleranceSeconds: 1e9 }) })
        : sender,
    )
    const { code, output } = await run(lenient)
    expect(code).toBe(1)
    expect(output).toMatch(/✘ stale +204 +processed/)
    expect(output).toMatch(/✘ in the future +204 +processed/)
  })

  it('ends with 1 if the handler does not run', async () => {
    const deduplicating = senders().map((sender) =>
      sender.scheme.name === 'embeddable'
        ? change(sender, { scheme: embeddable({ identity: 'body-digest' }) })
        : sender,
    )
    const { code, output } = await run(deduplicating)
    expect(code).toBe(1)
    expect(output).toMatch(/✘ duplicate +200 +duplicate +0/)
  })

  it('writes colours if it may', async () => {
    const { output } = await run(senders().slice(0, 1), true)
    expect(output).toContain('\u001b[32m✔\u001b[0m good delivery')
  })
})

it('findMismatches lists each field that differs, and no other', () => {
  const result = { status: 204, outcome: 'processed', runs: 1 }
  expect(findMismatches(result, result)).toEqual([])
  expect(findMismatches(result, { ...result, runs: 0 })).toEqual(['runs should be 0'])
})

function change(sender: DemoSender | undefined, changes: Partial<DemoSender>): DemoSender {
  if (!sender) throw new Error('There is no sender to change.')
  return { ...sender, ...changes }
}

async function run(list: readonly DemoSender[], colour = false): Promise<{ code: number; output: string }> {
  let output = ''
  const print = (text: string) => {
    output += text
  }
  return { code: await runDemo({ senders: list, print, colour }), output }
}

async function runProgram(): Promise<{ code: number; output: string }> {
  const program = fileURLToPath(new URL('./demo.js', import.meta.url))
  const child = spawn(process.execPath, [program], { env: {}, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  const [code] = await once(child, 'close')
  return { code, output }
}
