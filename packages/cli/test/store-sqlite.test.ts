import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type SqliteDatabase, type SqliteStore, sqliteStore } from '@countersign/store-sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimOf, completionOf } from '../../../test/support/claim-of.js'
import { loadFirst } from '../src/store/load-package.js'
import { type RunOptions, run, runJson } from './support/run.js'

const project = join(import.meta.dirname, '..')
type Database = SqliteDatabase & { close(): void }
const BetterSqlite3: new (path: string) => Database = createRequire(import.meta.url)('better-sqlite3')
const noSqlite = !opens()

function opens(): boolean {
  try {
    new BetterSqlite3(':memory:').close()
    return true
  } catch {
    return false
  }
}

const keyOf = (endpoint: string, id: string) =>
  JSON.stringify([endpoint, null, 'visibuild', 'event', id, null, null, {}])

describe.skipIf(noSqlite)('store, over an SQLite file', () => {
  let folder: string
  let file: string
  let database: Database
  let store: SqliteStore
  let now: number

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-cli-store-'))
    file = join(folder, 'deliveries.db')
    database = new BetterSqlite3(file)
    now = Date.now()
    store = sqliteStore({ database, now: () => now })
  })
  afterEach(() => {
    database.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const failed = async (key: string) => {
    await store.claim(claimOf(key, 'owner'))
    await store.fail({ key, token: 'owner' })
  }
  const inProject = (args: readonly string[], options: RunOptions = {}) =>
    run(['store', ...args, '--sqlite', file], { cwd: project, ...options })
  const countOf = async () =>
    (await runJson(['store', 'count', '--sqlite', file], { cwd: project })).json as Record<string, number>

  test('lists what needs the operator, in words and as lines of JSON', async () => {
    await failed(keyOf('tickets', '1'))
    now += 1_000
    await store.claim(claimOf(keyOf('orders', '2'), 'owner', { leaseMs: 3_600_000 }))
    await store.claim(claimOf('done', 'owner'))
    await store.complete(completionOf('done', 'owner'))
    await store.claim(claimOf('x'.repeat(64), 'owner', { leaseMs: 3_600_000 }))

    const { code, stdout } = await inProject(['list'])
    expect(code).toBe(0)
    const lines = stdout.trim().split('\n')
    expect(lines).toHaveLength(3)
    expect(stdout).toMatch(/^failed {5}1 attempt, since \d+ s {2}\["tickets",null,"visibuild","event","1",/m)
    expect(stdout).toMatch(/^claimed {4}1 attempt, lease ends in .*(h|min).* {2}\["orders"/m)

    const { stdout: json } = await inProject(['list', '--json', '--state', 'failed, completed'])
    const records = json
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(records.map(({ state, endpoint, scheme }) => [state, endpoint, scheme]).sort()).toEqual([
      ['completed', null, null],
      ['failed', 'tickets', 'visibuild'],
    ])
    expect(records.find(({ state }) => state === 'failed')).toMatchObject({
      key: keyOf('tickets', '1'),
      attempts: 1,
      leaseLeftMs: null,
      sinceMs: expect.any(Number),
    })
  })

  test('lists one endpoint, and says what it could not tell', async () => {
    for (const key of [keyOf('tickets', '1'), keyOf('orders', '2'), 'f'.repeat(64)]) await failed(key)
    const { stdout, stderr } = await inProject(['list', '--endpoint', 'orders'])
    expect(stdout).toContain('"orders"')
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain('left out: 1 with a key that does not name its endpoint')
    expect((await inProject(['list', '--endpoint', 'none'])).stdout).toBe('no such records\n')
  })

  test('stops at its limit and says so', async () => {
    for (let index = 0; index < 4; index++) await failed(keyOf('tickets', `${index}`))
    const { stdout, stderr } = await inProject(['list', '--limit', '3'])
    expect(stdout.trim().split('\n')).toHaveLength(3)
    expect(stderr).toBe('there are more; --limit 30 shows more of them\n')
    expect((await inProject(['list', '--limit', '4'])).stderr).toBe('')
  })

  test('a key of a stranger moves nothing on the terminal', async () => {
    await failed('a\u001b[2Jb\u202ec')
    const { stdout } = await inProject(['list'])
    expect(stdout).toContain('a\\u001b[2Jb\\u202ec')
  })

  test('counts', async () => {
    await failed(keyOf('tickets', '1'))
    expect(await countOf()).toMatchObject({ failed: 1, held: 0, completed: 0 })
    const { stdout } = await inProject(['count'])
    expect(stdout).toMatch(/^failed {5}1 {2}kept for you$/m)
    expect(stdout).toMatch(/^held {7}0$/m)
  })

  test('forgets the keys it is given, and says what became of each', async () => {
    await failed(keyOf('tickets', '1'))
    await failed(keyOf('tickets', '2'))
    await store.claim(claimOf('live', 'owner', { leaseMs: 3_600_000 }))
    const args = ['forget', '--key', keyOf('tickets', '1'), '--key', 'live', '--key-stdin', '--yes']
    const stdin = `${keyOf('tickets', '2')}\r\n\nunknown\n`
    const { code, stdout } = await inProject(args, { stdin })
    expect(code).toBe(1)
    expect(stdout.trim().split('\n')).toEqual([
      `forgotten; the next delivery of the event runs  ${keyOf('tickets', '1')}`,
      'not forgotten: it is being handled; --force forgets it all the same  live',
      `forgotten; the next delivery of the event runs  ${keyOf('tickets', '2')}`,
      'not there  unknown',
    ])
    expect(await countOf()).toMatchObject({ failed: 0, claimed: 1 })

    const forced = await inProject(['forget', '--key', 'live', '--force', '--yes', '--json'])
    expect([forced.code, JSON.parse(forced.stdout)]).toEqual([0, [{ key: 'live', ending: 'forgotten' }]])
    expect(await countOf()).toMatchObject({ claimed: 0 })
  })

  test.each([
    ['y\n', 0, 0],
    ['yes\n', 0, 0],
    ['n\n', 1, 1],
    ['\n', 1, 1],
    ['', 1, 1],
  ])('asks before it forgets: %j', async (answer, code, left) => {
    await failed('one')
    const stdin = Object.assign(Readable.from([answer]), { isTTY: true })
    const result = await inProject(['forget', '--key', 'one'], { stdin })
    expect(result.code).toBe(code)
    expect(result.stderr).toContain('Forget one? The next delivery of the event runs again. [y/N]')
    expect(await countOf()).toMatchObject({ failed: left })
  })

  test('forgets nothing where nobody can be asked, and nothing without a key', async () => {
    await failed('one')
    const unasked = await inProject(['forget', '--key', 'one'])
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('add --yes') })
    const keyless = await inProject(['forget', '--yes'])
    expect(keyless).toMatchObject({ code: 2, stderr: expect.stringContaining('--key-stdin') })
    expect(await countOf()).toMatchObject({ failed: 1 })
  })

  test('prunes', async () => {
    now -= 10 * 86_400_000
    for (const key of ['a', 'b', 'c']) await store.claim(claimOf(key, 'owner'))
    expect((await inProject(['prune', '--limit', '1'])).stdout).toBe(
      '1 record past their retention removed\n',
    )
    expect((await inProject(['prune', '--json'])).stdout).toContain('"removed": 2')
    expect((await inProject(['prune'])).stdout).toBe('0 records past their retention removed\n')
  })

  test('takes a table of another name, and makes none', async () => {
    const other = sqliteStore({ database: new BetterSqlite3(file), table: 'other' })
    await other.claim(claimOf('one', 'owner', { leaseMs: 3_600_000 }))
    expect((await inProject(['list', '--table', 'other'])).stdout).toContain('one')
    const wrong = await inProject(['list', '--table', 'wrong'])
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toMatch(
      /^countersign: .* has no table wrong; name it with --table, or another file\n$/,
    )
    expect(database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'wrong'").get()).toBeUndefined()
  })

  test.each([
    ['no file', () => join(folder, 'none.db'), /there is no file/],
    [
      'no database',
      () => written('a text that is long enough to be looked at as a header of a file'),
      /SQLite: .*not a database/,
    ],
    ['an empty file', () => written(''), /has no table/],
    ['a folder', () => folder, /SQLite: unable to open database file/],
  ])('says in one line what is wrong with %s', async (_, path, message) => {
    const { code, stdout, stderr } = await run(['store', 'count', '--sqlite', path()], { cwd: project })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(message)
  })

  test('a file that stays locked is one line', async () => {
    await failed('one')
    const other = new BetterSqlite3(file)
    other.exec('BEGIN IMMEDIATE')
    const { code, stderr } = await inProject(['forget', '--key', 'one', '--yes'])
    other.close()
    expect(code).toBe(3)
    expect(stderr).toMatch(/^countersign: .*the file stayed locked.*\n$/)
  })

  test('ends with Ctrl-C', async () => {
    await failed('one')
    expect(await inProject(['list'], { interrupted: AbortSignal.abort() })).toMatchObject({ code: 130 })
    expect(
      await inProject(['forget', '--key', 'one', '--yes'], { interrupted: AbortSignal.abort() }),
    ).toMatchObject({ code: 130 })
    expect(await countOf()).toMatchObject({ failed: 1 })
  })

  function written(text: string): string {
    const path = join(folder, 'other.db')
    writeFileSync(path, text)
    return path
  }
})

describe('store', () => {
  test.each([
    [['list'], 'name one store with --redis-env, --postgres-env or --sqlite'],
    [['count', '--sqlite', 'a', '--redis-env', 'B'], 'name one store'],
    [['list', '--redis-env', 'A', '--table', 'b'], 'Redis has no tables'],
    [['list', '--sqlite', 'a', '--prefix', 'b'], '--prefix is for --redis-env alone'],
    [['list', '--redis-env', 'UNSET'], 'the environment variable UNSET is not set'],
    [['list', '--redis-env', 'WRONG'], 'WRONG holds no such URL as redis://127.0.0.1:6379'],
    [['list', '--postgres-env', 'WRONG'], 'WRONG holds no such URL as postgres://'],
    [['list', '--sqlite', 'a', '--state', 'failed,odd'], 'There is no state "odd"'],
    [['list', '--sqlite', 'a', '--limit', '0'], 'whole number'],
  ])('refuses %j in one line', async (args, message) => {
    const env = { WRONG: 'mysql://user:a-wrong-password@127.0.0.1/app' }
    const { code, stdout, stderr } = await run(['store', ...args], { cwd: project, env })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).not.toContain('a-wrong-password')
  })

  test('says what to install, and takes the first package that is there', async () => {
    await expect(loadFirst(['no-such-package', 'no-other'], project)).rejects.toThrow(
      'this project has no no-such-package or no-other; npm install no-such-package, where your receivers run',
    )
    expect(await loadFirst(['no-such-package', 'better-sqlite3'], project)).toMatchObject({
      name: 'better-sqlite3',
    })
  })

  test('has help', async () => {
    const { code, stdout } = await run(['store', '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('countersign store forget --sqlite app.db --key')
  })
})
