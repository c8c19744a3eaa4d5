import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { run } from '../support/run.js'
import type { Canary, CanaryRun } from './canary-run.js'
import { canaryRuns } from './canary-runs.js'
import { findCanary } from './find-canary.js'

const key = 'canary key, 32 bytes of it: 0123'

/** Secrets as they are given out, and what must not be seen. */
const canaries: readonly (readonly [kind: string, secret: string, hidden: string])[] = [
  ['text', 'Canary-Secret-0123456789abcdef', 'Canary-Secret-0123456789abcdef'],
  ['base64 with a prefix', `whsec_${Buffer.from(key).toString('base64')}`, key],
  ['hex', Buffer.from(key).toString('hex'), key],
  ['text with odd characters', 'canary/+=&?%"\\é☕ 0123456789', 'canary/+=&?%"\\é☕ 0123456789'],
  ['user and password', 'sender:Canary-Password-0123456789', 'Canary-Password-0123456789'],
  ['a short word', 'Can4ry', 'Can4ry'],
]

describe.each(canaries)('of the secret %s', (_, secret, hidden) => {
  test.for(canaryRuns)('nothing is written by: $name', async (canaryRun) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const canary = { text: secret, bytes: Buffer.from(secret, 'utf8') }
    const { code, written } = await runWith(canaryRun, canary)
    const expected = typeof canaryRun.code === 'function' ? canaryRun.code(canary) : canaryRun.code
    expect([expected].flat()).toContain(code)
    for (const needle of [secret, hidden])
      expect([findCanary(written, Buffer.from(needle, 'utf8')), ...show(written)]).toEqual([
        [],
        ...show(written),
      ])
  })
})

async function runWith(canaryRun: CanaryRun, canary: Canary) {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-canary-'))
  try {
    const files = Object.entries(canaryRun.files?.(canary) ?? {})
    for (const [name, content] of files) await writeFile(join(folder, name), content)
    const { code, stdout, stderr } = await run(canaryRun.args(canary), {
      env: { S: canary.text, O: 'another secret 0123456789abcdef' },
      stdin: canaryRun.stdin?.(canary) ?? '',
      cwd: folder,
    })
    const before = new Set(files.map(([name]) => name))
    const saved = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile() && !before.has(entry.name),
    )
    const contents = await Promise.all(saved.map(({ parentPath, name }) => readFile(join(parentPath, name))))
    return { code, written: Buffer.concat([Buffer.from(stdout + stderr), ...contents]) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const show = (written: Buffer) => [written.toString('utf8').slice(0, 2_000)]

describe('a canary is found', () => {
  const secret = 'canary/+ "é" 0123456789'
  const bytes = Buffer.from(secret)

  test.for([
    ['as it is', secret],
    ['one character a byte', bytes.toString('latin1')],
    ['in JSON', JSON.stringify(secret)],
    ['percent-encoded', encodeURIComponent(secret)],
    ['in a form', new URLSearchParams([['a', secret]]).toString()],
    ['in hex', `0${bytes.toString('hex')}`],
    ['in base64', Buffer.from(`a${secret}`).toString('base64')],
    ['in base64', Buffer.from(`ab${secret}c`).toString('base64url')],
  ] as const)('%s', ([notation, text]) => {
    expect(findCanary(Buffer.from(`before ${text} after`), bytes)).toContain(notation)
  })
})
