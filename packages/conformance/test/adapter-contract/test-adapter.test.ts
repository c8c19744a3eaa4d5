import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContractGroup } from '@countersign/conformance'
import { expect, onTestFinished, test, vi } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'
import { flawedAdapters } from './support/flawed-adapters.js'
import { type AdapterParts, soundParts } from './support/sound-adapter.js'
import { startRemoteParts, testParts } from './support/test-parts.js'

const reason = 'it cannot do better'
const [{ failing, parts } = { failing: '', parts: {} }] = flawedAdapters
const flawedParts = { ...soundParts, ...parts }

async function watchReport() {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  vi.stubEnv('COUNTERSIGN_CONTRACT_RESULTS', folder)
  const lines: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
  onTestFinished(() => {
    write.mockRestore()
    vi.unstubAllEnvs()
  })
  return { folder, lines }
}

test('a sound adapter passes all cases, which is reported', { timeout: 60_000 }, async () => {
  const { folder, lines } = await watchReport()
  const bytes = vectors.filter(({ file }) => file === 'generic-bytes')
  const { names, run, finish } = await testParts(soundParts, { vectors: bytes })
  for (const name of names) await run(name)
  await finish()

  const cases = names.length - 1
  expect(cases).toBeGreaterThan(80)
  expect(lines).toEqual([
    `contract: An adapter (of parts): ${bytes.length} vectors and ${cases} cases pass\n`,
  ])
  expect(await readdir(folder)).toEqual(['an-adapter-of-parts.json'])
  expect(JSON.parse(await readFile(join(folder, 'an-adapter-of-parts.json'), 'utf8'))).toEqual({
    adapter: 'An adapter (of parts)',
    vectors: { 'generic-bytes': bytes.length },
    cases,
    excepted: 0,
    exceptions: [],
    failed: 0,
  })
})

test('a program of another process is told what to do over HTTP, and may lie below a path', async () => {
  const tested = vectors.filter(({ file }) => file === 'generic-bytes')
  const start = (groups: readonly ContractGroup[]) => startRemoteParts(soundParts, groups)
  const { names, run } = await testParts(soundParts, { vectors: tested, start })
  const chosen = names.filter((name) => /^vectors|as it came|completed before|what they were/.test(name))
  expect(chosen.length).toBe(4)
  for (const name of chosen) await run(name)
})

test('a run of some tests is not reported', async () => {
  const { folder, lines } = await watchReport()
  const { run, finish } = await testParts(soundParts)
  await run(failing)
  await finish()
  expect([lines, await readdir(folder)]).toEqual([[], []])
})

test('an exception is a case that fails', async () => {
  const { run } = await testParts(flawedParts, { exceptions: [{ case: failing, reason }] })
  await run(failing)
})

test('an exception for a case that passes is stale', async () => {
  const { run } = await testParts(soundParts, { exceptions: [{ case: failing, reason }] })
  await expect(run(failing)).rejects.toThrow(`the exception is stale (${reason})`)
})

test('an exception for vectors is for all of one comment, and each of them must fail', async () => {
  const bytes = vectors.filter(({ file }) => file === 'generic-bytes')
  const exceptions = [{ vector: 'an honest delivery', file: 'generic-bytes', reason }]
  const stale = await testParts(soundParts, { vectors: bytes, exceptions })
  await expect(stale.run('vectors: generic-bytes')).rejects.toThrow('tcId 1 (an honest delivery): it passes')

  const valid = bytes.filter(({ result }) => result === 'valid')
  const forgetting: AdapterParts = {
    ...soundParts,
    handle: async ({ response }) => void response.writeHead(200).end(),
  }
  const failing = [...new Set(valid.map(({ comment }) => comment))].map((vector) => ({ vector, reason }))
  await (await testParts(forgetting, { vectors: valid, exceptions: failing })).run('vectors: generic-bytes')
})

test.each([
  ['for a case that does not exist', [{ case: 'no such case', reason }]],
  ['for a vector that does not exist', [{ vector: 'no such vector', reason }]],
  ['given twice', [failing, failing].map((name) => ({ case: name, reason }))],
  ['without a reason', [{ case: failing, reason: ' ' }]],
])('an exception %s is refused at once', async (_what, exceptions) => {
  await expect(testParts(soundParts, { exceptions })).rejects.toThrow(/exception/)
})

test('a program that does not start is the error, and nothing else', async () => {
  const start = () => Promise.reject(new Error('it does not start'))
  await expect(testParts(soundParts, { start })).rejects.toThrow('it does not start')
})
