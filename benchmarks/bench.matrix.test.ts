import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { bodyMarks } from './bodies/report-bodies.js'
import { buildBody } from './build-body.js'
import { throughputMarks } from './express/report-throughput.js'
import { plans } from './plans.js'
import { spreadOf } from './statistics.js'
import { storeMarks } from './stores/report-stores.js'
import { storeComparisons } from './stores/store-comparisons.js'
import { comparisons } from './verify/comparisons.js'
import { verificationMarks } from './verify/report-verification.js'

// These tests check that the benchmark works and judges its marks correctly. They check no speed.

describe('pnpm bench', { timeout: 180_000 }, () => {
  it('compares all peers and routes, and judges every mark', async () => {
    const { code, output, errors } = await runBench('--smoke')
    expect(errors).toBe('')
    expect(code).toBe(0)
    const lines = output.split('\n')
    for (const { name } of comparisons)
      expect(lines.filter((line) => line.startsWith(`${name} `))).toHaveLength(1)
    for (const route of ['snippet', 'webhook()', 'webhook(), identity none']) {
      expect(lines.filter((line) => line.startsWith(`  ${route}   `) && line.includes(' /s'))).toHaveLength(2)
    }
    const storeLines = storeComparisons.map(
      ({ name }) => lines.find((line) => line.startsWith(`${name}  `)) ?? '',
    )
    for (const line of storeLines) expect(line).toMatch(/ \d+\.\d\d \(.+ µs$|: the server is not running$/)
    const unmeasured = storeComparisons.filter(
      ({ limit }, place) => limit !== undefined && storeLines[place]?.endsWith('running'),
    )
    if (process.env.COUNTERSIGN_REQUIRE_SERVICES === '1') expect(unmeasured).toEqual([])
    expect(lines.find((line) => line.startsWith('memory: '))).toBeDefined()
    for (const adapter of ['express.raw()', 'node:http', 'Express', 'Fastify', 'Hono', 'fetch'])
      expect(lines.filter((line) => line.startsWith(`  ${adapter}   `) && line.endsWith(')'))).toHaveLength(1)
    expect(lines.filter((line) => / (met|missed)$/.test(line))).toHaveLength(20 - unmeasured.length)
    expect(output).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('prints its options for an unknown one', async () => {
    expect(await runBench('--fast')).toEqual({
      code: 1,
      output: '',
      errors: 'Use --full or --quick or --smoke.\n',
    })
  })
})

describe('marks', () => {
  const [snippet] = comparisons

  it('are met up to the limit and missed beyond it, judged by the worst size', () => {
    const cells = [
      [64, 1.25],
      [8192, 0.5],
      [65_536, 9],
      [1_048_576, 0.61],
    ].map(([bytes = 0, ratio = 0]) => ({ bytes, ratio: spreadOf([ratio]), ourNs: 1, peerNs: 1 }))
    const marks = verificationMarks(snippet ? [{ comparison: snippet, cells }] : [])
    expect(marks.map(({ value, isMet }) => [value, isMet])).toEqual([
      [1.25, true],
      [0.61, false],
    ])
  })

  it('allow Express to be only slightly slower', () => {
    const row = { perSecond: { snippet: 1, webhook: 1, 'no-dedupe': 1 }, busy: 1 }
    const one = spreadOf([1])
    const marks = [0.95, 0.94].flatMap((ratio) =>
      throughputMarks([
        { ...row, bytes: 1024, toSnippet: spreadOf([ratio]), withoutDedupe: one, dedupe: one },
      ]),
    )
    expect(marks.map(({ isMet }) => isMet)).toEqual([true, false])
  })
})

describe('marks of bodies', () => {
  it('are met up to the limit and missed beyond it, judged by one-byte chunks, and the peer has none', () => {
    const row = (adapter: string, held: number) => ({
      adapter,
      cells: [
        { load: '1 kB chunks', heldPerByte: 9, peakPerByte: 9 },
        { load: 'one-byte chunks', heldPerByte: held, peakPerByte: 9 },
      ],
    })
    const marks = bodyMarks([row('express.raw()', 200), row('node:http', 2.5), row('fetch', 2.51)])
    expect(marks.map(({ name, isMet }) => [name.split(',')[0], isMet])).toEqual([
      ['node:http', true],
      ['fetch', false],
    ])
  })
})

describe('marks of stores', () => {
  it('are met up to the limit and missed beyond it, and unmeasured stores have none', () => {
    const spread = (median: number) => ({ ratio: spreadOf([median]), ourNs: 1, peerNs: 1 })
    const row = (limit: number | undefined, median: number | undefined) => ({
      comparison: { name: 'store', limit, open: () => Promise.reject(new Error('none')) },
      measured: median === undefined ? undefined : spread(median),
    })
    const memory = {
      ids: 1,
      live: 1,
      claimsPerSecond: 999_999,
      claimsPerSecondUpToIds: 1,
      eventsPerSecond: 1,
      bytesPerId: 200,
    }
    const rows = [row(1.15, 1.15), row(1.15, 1.16), row(undefined, 9), row(1.25, undefined)]
    expect(storeMarks({ rows, memory }).map(({ isMet }) => isMet)).toEqual([true, false, false, true])
  })
})

it.each(plans.full.verify.sizes)('a body of %i bytes is valid JSON of that size', (bytes) => {
  for (const text of ['ascii', 'world'] as const) {
    const body = buildBody(bytes, 'e-0001', text)
    expect(body).toHaveLength(bytes)
    expect(JSON.parse(body.toString())).toMatchObject({ id: 'e-0001', type: 'ticket.created' })
  }
})

it('spreadOf returns the quartiles', () => {
  expect(spreadOf([5, 1, 3, 2, 4])).toEqual({ median: 3, p25: 2, p75: 4 })
  expect(spreadOf([1, 2])).toEqual({ median: 1.5, p25: 1.25, p75: 1.75 })
})

async function runBench(flag: string): Promise<{ code: number; output: string; errors: string }> {
  const program = fileURLToPath(new URL('./bench.js', import.meta.url))
  const child = spawn(process.execPath, [program, flag], { stdio: ['ignore', 'pipe', 'pipe'] })
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
