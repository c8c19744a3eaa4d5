import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Parser, type Result } from 'tap-parser'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type RunOptions, run, runJson } from './support/run.js'

const source = join(import.meta.dirname, '../../../test-vectors')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-vectors-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const vectors = (args: readonly string[], options: RunOptions = {}) =>
  run(['vectors', ...args], { cwd: folder, ...options })
const vectorsJson = (args: readonly string[]) => runJson(['vectors', ...args], { cwd: folder })

/** A file of the package, changed. */
function changed(name: string, change: (file: Record<string, never>) => void): string {
  const file = JSON.parse(readFileSync(join(source, 'vectors', `${name}.json`), 'utf8'))
  change(file)
  const path = join(folder, `${name}.json`)
  writeFileSync(path, JSON.stringify(file))
  return path
}

describe('vectors list', () => {
  test('has every file, with the number of its cases', async () => {
    const { json } = await vectorsJson(['list'])
    const files = readdirSync(join(source, 'vectors')).map((name) => name.replace('.json', ''))
    expect(json.files.map(({ name }: { name: string }) => name).sort()).toEqual(files.sort())
    for (const { cases, valid } of json.files) expect(cases).toBeGreaterThan(valid)
  })

  test('finds by scheme or by file', async () => {
    const { stdout } = await vectors(['list', '--scheme', 'scratcher', '--scheme', 'generic-hex'])
    expect(stdout).toMatch(/^generic-hex +\d+ \(\d+ valid\) {2}Any sender/m)
    expect(stdout).toMatch(/^scratcher-get +\d+ /m)
    expect(stdout).toMatch(/^\d+ in 3 files$/m)
  })

  test('knows no other', async () => {
    expect(await vectors(['list', '--scheme', 'nobody'])).toMatchObject({
      code: 2,
      stderr: 'countersign: there are no vectors for "nobody"; run countersign vectors list for the names\n',
    })
  })
})

describe('vectors export', () => {
  test('copies bytes, schema and README, and may be repeated', async () => {
    for (let time = 0; time < 2; time++) {
      const { code, stdout } = await vectors(['export', 'a/b', '--scheme', 'visibuild'])
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: '1 vector file, its schema and a README are in a/b\n',
      })
    }
    expect(readdirSync(join(folder, 'a/b')).sort()).toEqual(['README.md', 'schema', 'vectors'])
    expect(readdirSync(join(folder, 'a/b/vectors'))).toEqual(['visibuild.json'])
    for (const file of ['vectors/visibuild.json', 'schema/vector-file.schema.json', 'README.md'])
      expect(readFileSync(join(folder, 'a/b', file)).equals(readFileSync(join(source, file)))).toBe(true)
  })

  test('overwrites nothing that is different without --force', async () => {
    writeFileSync(join(folder, 'README.md'), 'mine')
    const refused = await vectors(['export', '.', '--scheme', 'github'])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('README.md exists with other content')
    expect(readdirSync(folder)).toEqual(['README.md'])
    const { json } = await vectorsJson(['export', '.', '--scheme', 'github', '--force'])
    expect(json.files).toContain('vectors/github.json')
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).not.toBe('mine')
  })

  test('says in one line where it cannot write', async () => {
    writeFileSync(join(folder, 'file'), '')
    const { code, stderr } = await vectors(['export', 'file/below', '--scheme', 'github'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^countersign: cannot write ".*": .*\n$/)
  })
})

describe('vectors verify', () => {
  test('runs those of the package, and warns of no secret in them', async () => {
    const warn = vi.spyOn(console, 'warn')
    expect((await vectors(['verify', '--scheme', 'github'])).code).toBe(0)
    expect(warn).not.toHaveBeenCalled()
    const { code, stdout } = await vectors(['verify', '--scheme', 'embeddable'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^embeddable {2}\d+ passed\n\d+ passed, 0 failed\n$/)
  })

  test('runs what was exported, a folder of files, and a file', async () => {
    await vectors(['export', 'out', '--scheme', 'generic-bytes'])
    for (const path of ['out', 'out/vectors', 'out/vectors/generic-bytes.json']) {
      const { code, json } = await vectorsJson(['verify', path])
      expect([code, json]).toMatchObject([0, { ok: true, files: [{ name: 'generic-bytes', failed: [] }] }])
    }
  })

  test('finds a wrong case, and reports it in every format', async () => {
    // biome-ignore lint/suspicious/noExplicitAny: a vector file as JSON has it
    const path = changed('generic-bytes', (file: any) => {
      const [first] = file.groups[0].tests
      first.result = 'invalid'
      first.comment = 'a <case> & "more"'
      first.code = 'ERR_WEBHOOK_SIGNATURE_MISMATCH'
      delete first.delivery
    })
    const text = await vectors(['verify', path])
    expect(text.code).toBe(1)
    expect(text.stdout).toMatch(
      /^generic-bytes {2}\d+ passed, 1 failed\n {2}tcId 1: a <case> .*: stated .*, found /,
    )
    const tap = await vectors(['verify', path, '--format', 'tap'])
    expect(tap.code).toBe(1)
    const points = Parser.parse(tap.stdout).filter(([type]: unknown[]) => type === 'assert')
    const failed = points.map(([, point]: unknown[]) => point as Result).filter(({ ok }) => !ok)
    expect(points).toHaveLength(1 + JSON.parse(readFileSync(path, 'utf8')).numberOfTests)
    expect(failed).toMatchObject([
      {
        name: 'tcId 1: a <case> & "more"',
        diag: { message: expect.stringContaining('stated {"result":"invalid"') },
      },
    ])
    const junit = await vectors(['verify', path, '--format', 'junit'])
    expect([junit.code, junit.stdout]).toEqual([1, expect.stringContaining('failures="1"')])
    const { code, json } = await vectorsJson(['verify', path])
    expect([code, json]).toMatchObject([1, { ok: false, files: [{ failed: [{ result: 'failed' }] }] }])
  })

  test.each([
    ['cut off', '{ "name": "x", "groups": [', 'it is not JSON; was it cut off?'],
    ['empty', '', 'it is not JSON; was it cut off?'],
    ['no vector file', '{}', 'it has no groups of tests'],
    [
      'without a number',
      '{ "name": "x", "groups": [] }',
      '"x" is not a vector file: numberOfTests is missing.',
    ],
    [
      'another number of cases',
      '{ "name": "x", "numberOfTests": 2, "groups": [] }',
      'has 0 cases but numberOfTests is 2',
    ],
    ['nothing in it', '{ "name": "x", "numberOfTests": 0, "groups": [] }', 'it has no cases'],
    ['no groups', '{ "name": "x", "numberOfTests": 1 }', 'it has no groups of tests'],
    ['null', 'null', 'it has no groups of tests'],
  ])('a file that is not whole fails: %s', async (_, content, problem) => {
    writeFileSync(join(folder, 'x.json'), content)
    const { code, stdout } = await vectors(['verify', 'x.json'])
    expect(code).toBe(1)
    expect(stdout).toContain(problem)
    expect(stdout).toContain('0 passed, 0 failed, 1 file not whole')
    const tap = await vectors(['verify', 'x.json', '--format', 'tap'])
    expect([tap.code, tap.stdout]).toEqual([1, expect.stringMatching(/^not ok .*the file is whole/m)])
  })

  test('a number that comes twice is a fault of the file', async () => {
    // biome-ignore lint/suspicious/noExplicitAny: a vector file as JSON has it
    const path = changed('generic-bytes', (file: any) => {
      file.groups[0].tests[1].tcId = file.groups[0].tests[0].tcId
    })
    expect(await vectors(['verify', path])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('it has tcId 1 twice'),
    })
  })

  test.each([
    [['verify', 'none'], 'cannot read "none"'],
    [['verify', '.'], 'has no vectors'],
    [['verify', '.', '--scheme', 'github'], 'not both'],
    [['verify', '--format', 'xml'], '--format'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await vectors(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test('ends with Ctrl-C', async () => {
    const { code, stdout } = await vectors(['verify'], { interrupted: AbortSignal.abort() })
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
  })
})
