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
    expect(stdout).toMatch(/^failed {5}1 attempt, for \d+ s {2}\["tickets",null,"visibuild","event","1",/m)
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

  const failOnce = async (key: string, event?: string, code = 'ERR_WEBHOOK_HANDLER_FAILED') => {
    await store.claim(claimOf(key, 'owner', { event }))
    await store.release({ key, token: 'owner', code })
  }
  const linesOf = async (...args: readonly string[]) => (await inProject(args)).stdout.trim().split('\n')
  const jsonLinesOf = async (...args: readonly string[]) =>
    (await linesOf(...args, '--json')).map((line) => JSON.parse(line) as Record<string, unknown>)

  test('shows what failed and is free: which event, why, when, and whether the sender retries', async () => {
    now -= 120_000
    const keyIn = (scheme: string, fourth = 'header') =>
      JSON.stringify([null, null, scheme, fourth, '1', null, null, {}])
    await failOnce(keyIn('github'), 'push')
    await failOnce(keyIn('visibuild'), 'ticket.created')
    await failOnce(keyIn('my-own'))
    now -= 7_200_000
    await failOnce(keyIn('slack'), 'app_mention')
    await store.claim(claimOf(keyIn('stripe'), 'owner', { event: 'invoice.paid', leaseMs: 60_000 }))
    for (const key of [keyIn('standard-webhooks'), keyIn('visibuild', 'replay')])
      await store.claim(claimOf(key, 'owner', { leaseMs: 60_000, event: undefined }))
    // Neither failed nor cut off: a receiver gave it back, as it does with a replay's guard.
    await store.claim(claimOf('given back', 'owner'))
    await store.release({ key: 'given back', token: 'owner' })

    const failedAgo = '1 attempt, ERR_WEBHOOK_HANDLER_FAILED'
    expect((await linesOf('list')).sort()).toEqual([
      expect.stringMatching(`^free       ${failedAgo} 2 min.*, runs with the next delivery  .*"my-own"`),
      expect.stringMatching(
        '^free       1 attempt, for 2 h.*, waiting for the sender\'s retry  .*"standard-webhooks"',
      ),
      expect.stringMatching(
        `^free       app_mention, ${failedAgo} 2 h.*, the sender's retries are over  .*"slack"`,
      ),
      expect.stringMatching(
        '^free       invoice.paid, 1 attempt, for 2 h.*, waiting for the sender\'s retry  .*"stripe"',
      ),
      expect.stringMatching(`^free       push, ${failedAgo} 2 min.*, the sender does not retry  .*"github"`),
      expect.stringMatching(
        `^free       ticket.created, ${failedAgo} 2 min.*, waiting for the sender's retry  .*"visibuild"`,
      ),
    ])
    const listed = (await jsonLinesOf('list')).map(
      ({ scheme, event, attempts, copies, lastCode, senderRetry }) => [
        scheme,
        event,
        attempts,
        copies,
        lastCode,
        senderRetry,
      ],
    )
    expect(listed.sort()).toEqual([
      ['github', 'push', 1, 0, 'ERR_WEBHOOK_HANDLER_FAILED', 'never'],
      ['my-own', null, 1, 0, 'ERR_WEBHOOK_HANDLER_FAILED', null],
      ['slack', 'app_mention', 1, 0, 'ERR_WEBHOOK_HANDLER_FAILED', 'over'],
      ['standard-webhooks', null, 1, 0, null, 'expected'],
      ['stripe', 'invoice.paid', 1, 0, null, 'expected'],
      ['visibuild', 'ticket.created', 1, 0, 'ERR_WEBHOOK_HANDLER_FAILED', 'expected'],
    ])
    expect(await linesOf('list', '--state', 'free')).toHaveLength(8)
    expect((await inProject(['count'])).stdout).toMatch(/^free {7}8 {2}6 after a failed attempt$/m)
    expect(await countOf()).toMatchObject({ free: 8, freeAfterFailure: 6 })
    expect((await inProject(['list', '--state', 'failed'])).stdout).toBe('no such records\n')
  })

  test('counts copies beside the attempts, and says why an event failed for good', async () => {
    const key = keyOf('tickets', '1')
    await failOnce(key, 'ticket.created')
    await store.claim(claimOf(key, 'owner'))
    await store.fail({ key, token: 'owner', code: 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD' })
    const listed = async () => (await inProject(['list'])).stdout
    const why = 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD'
    expect(await listed()).toMatch(
      new RegExp(`^failed     ticket\\.created, 2 attempts, ${why} \\d s ago  \\[`),
    )
    await store.claim(claimOf(key, 'copy'))
    expect(await listed()).toContain(', 2 attempts, 1 copy, ')
    await store.claim(claimOf(key, 'copy'))
    expect(await listed()).toContain(', 2 attempts, 2 copies, ')
    expect(await jsonLinesOf('list')).toMatchObject([
      { state: 'failed', event: 'ticket.created', attempts: 2, copies: 2, lastCode: why, senderRetry: null },
    ])
  })

  test("takes the event's name from the key where the record has none", async () => {
    const key = JSON.stringify([null, null, 'github', 'header', '1', 'digest', 'push', {}])
    await store.claim(claimOf(key, 'owner'))
    expect(await jsonLinesOf('list')).toMatchObject([{ event: 'push' }])
  })

  test("a sender's name of an event moves nothing on the terminal", async () => {
    await failOnce('one', 'a\u001b[2Jb\u202ec', 'code\u0007')
    const [line] = await linesOf('list')
    expect(line).toContain('a\\u001b[2Jb\\u202ec, 1 attempt, code\\u0007 ')
  })

  test('lists one endpoint, and says what it skipped', async () => {
    for (const key of [keyOf('tickets', '1'), keyOf('orders', '2'), 'f'.repeat(64)]) await failed(key)
    const { stdout, stderr } = await inProject(['list', '--endpoint', 'orders'])
    expect(stdout).toContain('"orders"')
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain('skipped: 1 with a key that does not name its endpoint')
    expect((await inProject(['list', '--endpoint', 'none'])).stdout).toBe('no such records\n')
  })

  test('stops at its limit and says so', async () => {
    for (let index = 0; index < 4; index++) await failed(keyOf('tickets', `${index}`))
    const { stdout, stderr } = await inProject(['list', '--limit', '3'])
    expect(stdout.trim().split('\n')).toHaveLength(3)
    expect(stderr).toBe('there are more records; print more with --limit 30\n')
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
    expect(stdout).toMatch(/^failed {5}1 {2}needs you$/m)
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
      'not forgotten: its handler is running; add --force to forget it anyway  live',
      `forgotten; the next delivery of the event runs  ${keyOf('tickets', '2')}`,
      'not found  unknown',
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
      /^countersign: .* has no table wrong; name the table with --table, or create it with countersign store migrate\n$/,
    )
    expect(database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'wrong'").get()).toBeUndefined()
  })

  test('makes the table, and the file, and says what it did', async () => {
    const migrate = (path: string, ...args: readonly string[]) =>
      run(['store', 'migrate', '--sqlite', path, ...args], { cwd: project })
    const made = join(folder, 'made.db')
    expect(await migrate(made)).toMatchObject({ code: 0, stdout: 'the table was created\n', stderr: '' })
    expect((await run(['store', 'count', '--sqlite', made], { cwd: project })).code).toBe(0)
    expect((await migrate(file)).stdout).toBe('nothing to do: the table is up to date\n')
    expect((await migrate(file, '--table', 'other', '--json')).stdout).toContain('"migration": "created"')
    const nowhere = await migrate(join(folder, 'none', 'made.db'))
    expect(nowhere).toMatchObject({ code: 2, stdout: '' })
    expect(nowhere.stderr.trim().split('\n')).toHaveLength(1)
  })

  test('gives the table of an earlier version its columns, and keeps its records', async () => {
    database.exec(`CREATE TABLE earlier (key TEXT PRIMARY KEY NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
      token TEXT, fingerprint TEXT, lease_until INTEGER NOT NULL, retain_until INTEGER NOT NULL, hold INTEGER NOT NULL,
      acked INTEGER NOT NULL, attempted_at REAL) WITHOUT ROWID`)
    database.exec(`INSERT INTO earlier VALUES ('one', 'failed', 9, NULL, NULL, ${now}, ${now}, 0, 0, NULL)`)
    const migrate = () => inProject(['migrate', '--table', 'earlier'])
    expect(await migrate()).toMatchObject({ code: 0, stdout: 'the new columns were added\n' })
    expect((await migrate()).stdout).toContain('nothing to do')
    expect(await linesOf('list', '--table', 'earlier')).toEqual([
      expect.stringMatching(/^failed {5}9 attempts, for \d s {2}one$/),
    ])
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
    [['list', '--sqlite', 'a', '--prefix', 'b'], '--prefix is only for Redis'],
    [['list', '--redis-env', 'UNSET'], 'the environment variable UNSET is not set'],
    [['list', '--redis-env', 'WRONG'], 'WRONG does not hold a URL such as redis://127.0.0.1:6379'],
    [['list', '--postgres-env', 'WRONG'], 'WRONG does not hold a URL such as postgres://'],
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
      'no-such-package or no-other is not installed in the current folder; run npm install no-such-package there, or change to the folder of your receivers',
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
