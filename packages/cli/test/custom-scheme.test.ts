import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { customScheme } from '@countersign/core/schemes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from './support/run.js'

let cwd: string

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'countersign-custom-'))
  const scheme = customScheme({ name: 'acme', verify: () => false })
  await writeFile(join(cwd, 'acme.json'), JSON.stringify(scheme))
})
afterAll(() => rm(cwd, { recursive: true, force: true }))

test.each([
  ['check', 'http://127.0.0.1:9/'],
  ['sign', ''],
  ['send', 'http://127.0.0.1:9/'],
])('a custom scheme that was written to JSON has lost its code, says %s', async (command, argument) => {
  const args = [command, ...(argument ? [argument] : []), '--scheme', 'acme.json', '--secret-env', 'S']
  const { code, stderr } = await run(args, {
    cwd,
    env: { S: 'a-signing-secret-of-32-characters' },
    stdin: 'x',
  })
  expect(code).toBe(2)
  expect(stderr).toContain(
    'Scheme "acme": algorithm "custom" has no verifier: make the scheme with customScheme()',
  )
})
