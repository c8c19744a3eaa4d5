import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckReport } from '@countersign/check'
import { Parser } from 'tap-parser'
import { expect, onTestFinished, test } from 'vitest'
import { suiteOf } from '../src/check/suite-of.js'
import { writeJunit } from '../src/output/junit.js'
import { writeTap } from '../src/output/tap.js'
import { run } from './support/run.js'
import { serve } from './support/start-receiver.js'

const strange = `<b> & "quotes" 'and' # hash \\ ]]> \u0000\u001b[31m \ud800 é 🙂
second line: - { } %`

const report: CheckReport = {
  passed: false,
  properties: [
    { property: 'accepts-valid', verdict: 'pass', evidence: strange, advice: '' },
    {
      property: 'refuses-stale',
      verdict: 'fail',
      fault: 'accepts-stale',
      evidence: strange,
      advice: strange,
    },
    { property: 'refuses-alike', verdict: 'unknown', fault: 'tells-why', evidence: strange, advice: strange },
    { property: 'binds-id', verdict: 'not-applicable', evidence: strange, advice: '' },
  ],
}

test('TAP is what a parser of TAP reads', () => {
  const { ok, count, failures, plan } = parseTap(writeTap([suiteOf(report, 'x')]))
  expect({ ok, count, start: plan.start, end: plan.end }).toEqual({ ok: false, count: 4, start: 1, end: 4 })
  expect(failures).toMatchObject([{ id: 2, name: 'refuses-stale', diag: { fault: 'accepts-stale' } }])
  // A parser of YAML has its own mark for half a character.
  expect(failures[0]?.diag.message.replace(/[\ud800\ufffd]/g, '?')).toBe(strange.replace('\ud800', '?'))
})

test('what does not fail is skipped in TAP, or ok', () => {
  const points = parseTapPoints(writeTap([suiteOf(report, 'x')]))
  expect(points.map(({ ok, name, skip }) => [ok, name, skip !== false])).toEqual([
    [true, 'accepts-valid', false],
    [false, 'refuses-stale', false],
    [true, 'refuses-alike', true],
    [true, 'binds-id', true],
  ])
})

const hasPython = spawnSync('python3', ['--version']).status === 0

test.skipIf(!hasPython)('JUnit is XML with a case for each property', () => {
  const [suites] = readXml(writeJunit([suiteOf(report, `http://127.0.0.1/<&"> ${strange}`)]))
  expect(suites).toMatchObject({ tag: 'testsuites', tests: '4', failures: '1', skipped: '2' })
  const cases = readXml(writeJunit([suiteOf(report, 'x')])).filter(({ tag }) => tag === 'testcase')
  expect(cases.map(({ name, classname, inner }) => [classname, name, inner])).toEqual([
    ['countersign.check', 'accepts-valid', ['system-out']],
    ['countersign.check', 'refuses-stale', ['failure']],
    ['countersign.check', 'refuses-alike', ['skipped', 'system-out']],
    ['countersign.check', 'binds-id', ['skipped', 'system-out']],
  ])
})

test.each([
  ['junit', (text: string) => hasPython && readXml(text).length],
  ['tap', (text: string) => parseTap(text).count],
  ['json', (text: string) => JSON.parse(text).properties.length],
  ['text', (text: string) => text.split('\n').length],
])('--format %s, to stdout and to a file', async (format, read) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-check-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const url = await serve((_request, response) => void response.writeHead(404).end())
  const args = ['check', url, '--scheme', 'visibuild', '--secret-env', 'SECRET', '--format', format]
  const env = { SECRET: 'format-secret-0123456789' }
  const toStdout = await run(args, { env })
  expect(toStdout).toMatchObject({ code: 1, stderr: '' })
  const toFile = await run([...args, '--output', 'report'], { env, cwd: folder })
  expect(toFile.code).toBe(1)
  expect(toFile.stdout).toMatch(
    /^1 of \d+ properties failed: not-found; \d+ are open \(\?\), which is no failure\n$/,
  )
  const written = readFileSync(join(folder, 'report'), 'utf8')
  if (format !== 'text') expect(written).toBe(toStdout.stdout)
  expect(read(written)).toBeGreaterThan(30)
})

function parseTap(text: string) {
  const parser = new Parser({ strict: true })
  parser.end(`${text}\n`)
  // biome-ignore lint/suspicious/noExplicitAny: its own type knows no fields of ours
  return parser.results as any
}

function parseTapPoints(text: string) {
  const points: { ok: boolean; name: string; skip: unknown }[] = []
  const parser = new Parser({ strict: true })
  parser.on('assert', (point) => points.push(point))
  parser.end(`${text}\n`)
  return points
}

interface XmlNode {
  readonly tag: string
  readonly inner: readonly string[]
  readonly [attribute: string]: unknown
}

/** All elements in their order, as Python's parser reads them. */
function readXml(text: string): readonly XmlNode[] {
  const program =
    'import json,sys,xml.etree.ElementTree as x;r=x.fromstring(sys.stdin.buffer.read());print(json.dumps([dict(e.attrib,tag=e.tag,inner=[c.tag for c in e]) for e in r.iter()]))'
  return JSON.parse(execFileSync('python3', ['-c', program], { input: text, encoding: 'utf8' }))
}
