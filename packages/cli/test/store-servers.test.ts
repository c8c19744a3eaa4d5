import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { type PostgresStore, postgresStore } from '@countersign/store-postgres'
import { redisStore } from '@countersign/store-redis'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimRequest, completeRequest } from '../../../test/support/store-requests.js'
import { createPool } from '../../store-postgres/test/support/clients.js'
import { createSchema, noPostgres, url as postgresUrl } from '../../store-postgres/test/support/server.js'
import { noRedis } from '../../store-redis/test/support/needs-redis.js'
import { type StartedRedis, startRedis } from '../../store-redis/test/support/start-redis.js'
import { openPostgres } from '../src/store/open-postgres.js'
import { openRedis } from '../src/store/open-redis.js'
import { run } from './support/run.js'

const cli = join(import.meta.dirname, '..')

/** A URL at which nobody listens. */
async function unreachable(start: string): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return `${start}127.0.0.1:${port}/0`
}

describe.skipIf(noRedis)('store, over Redis', () => {
  const password = 'the-password/of:this redis'
  let server: StartedRedis
  let redis: Redis
  const urlOf = (written: string) => `redis://operator:${written}@127.0.0.1:${server.port}`

  beforeAll(async () => {
    server = await startRedis()
    redis = new Redis(server.port)
    await redis.call('ACL', ['SETUSER', 'operator', 'on', `>${password}`, '~countersign:*', '+@all'])
    const store = redisStore({ client: redis })
    for (const key of ['failed', 'done']) await store.claim(claimRequest(key, 'owner'))
    await store.fail({ key: 'failed', token: 'owner' })
    await store.complete(completeRequest('done', 'owner'))
    await redisStore({ client: redis, prefix: 'other:' }).claim(claimRequest('other', 'owner'))
  })
  afterAll(async () => {
    redis.disconnect()
    await server.stop()
  })

  const runOver = (url: string, ...args: readonly string[]) =>
    run(['store', ...args, '--redis-env', 'REDIS_URL'], { cwd: cli, env: { REDIS_URL: url } })
  const runHere = (...args: readonly string[]) => runOver(urlOf(encodeURIComponent(password)), ...args)

  test('lists, counts and forgets', async () => {
    const listed = await runHere('list')
    expect(listed.stdout).toMatch(/^failed {5}1 attempt, for \d s {2}failed\n$/)
    expect(JSON.parse((await runHere('count', '--json')).stdout)).toMatchObject({ failed: 1, completed: 1 })
    expect((await runHere('forget', '--key', 'failed', '--yes')).code).toBe(0)
    expect(JSON.parse((await runHere('count', '--json')).stdout)).toMatchObject({ failed: 0, completed: 1 })
  })

  test('goes by the prefix', async () => {
    const url = `redis://127.0.0.1:${server.port}`
    expect((await runOver(url, 'list', '--prefix', 'other:')).stdout).toMatch(/^claimed .* other\n$/)
  })

  test('has nothing to prune, and says so', async () => {
    expect(await runHere('prune')).toMatchObject({
      code: 0,
      stdout: 'nothing to do: Redis expires records by itself\n',
    })
  })

  test('has no table to migrate, and says so', async () => {
    expect(await runHere('migrate')).toMatchObject({
      code: 0,
      stdout: 'nothing to do: Redis has no tables\n',
    })
    expect((await runHere('migrate', '--json')).stdout).toContain('"migration": null')
  })

  test('shows what failed and waits for its retry', async () => {
    const store = redisStore({ client: redis, prefix: 'waiting:' })
    const key = JSON.stringify(['pushes', null, 'github', 'header', '1', 'digest', 'push', {}])
    await store.claim(claimRequest(key, 'owner', { event: 'push' }))
    await store.release({ key, token: 'owner', code: 'ERR_WEBHOOK_HANDLER_FAILED' })
    const { stdout } = await runOver(`redis://127.0.0.1:${server.port}`, 'list', '--prefix', 'waiting:')
    expect(stdout).toMatch(
      /^free {7}push, 1 attempt, ERR_WEBHOOK_HANDLER_FAILED \d s ago, the sender does not retry {2}\["pushes",/,
    )
  })

  test.each(['ioredis', 'redis'] as const)('works over %s', async (client) => {
    const { store, close } = await openRedis(
      urlOf(encodeURIComponent(password)),
      {},
      `${cli}/../store-redis`,
      [client],
    )
    expect(await store.count()).toMatchObject({ completed: 1 })
    await close()
    const error = await openRedis(await unreachable('redis://'), {}, `${cli}/../store-redis`, [client]).catch(
      (e) => e,
    )
    expect(error).toMatchObject({ message: 'Redis does not answer: ECONNREFUSED', exitCode: 3 })
  })

  test('says in one line that it is refused, and never the password', async () => {
    const wrong = 'a-wrong-password-for-it'
    const { code, stdout, stderr } = await runOver(urlOf(wrong), 'count')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^countersign: Redis: .*WRONGPASS.*\n$/)
    expect(stderr).not.toContain(wrong)
    const forbidden = await runHere('list', '--prefix', 'not-allowed:')
    expect(forbidden).toMatchObject({ code: 0 })
    expect(await runHere('forget', '--prefix', 'not-allowed:', '--key', 'a', '--yes')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^countersign: .*Redis refuses the client.*\n$/),
    })
  })

  test('an unreachable one ends with 3', async () => {
    expect(await runOver(await unreachable('redis://:a-password@'), 'list')).toEqual({
      code: 3,
      stdout: '',
      stderr: 'countersign: Redis does not answer: ECONNREFUSED\n',
    })
  })
})

describe.skipIf(noPostgres)('store, over PostgreSQL', () => {
  const pool = createPool()
  let drop: () => Promise<void>
  let table: string
  let store: PostgresStore
  let now = Date.now() - 10 * 86_400_000

  beforeAll(async () => {
    const created = await createSchema()
    drop = created.drop
    table = `${created.schema}.deliveries`
    store = postgresStore({ client: pool, table, now: () => now })
    await store.migrate()
    for (const key of ['failed', 'forgotten']) await store.claim(claimRequest(key, 'owner'))
    await store.fail({ key: 'failed', token: 'owner' })
    now = Date.now()
    await store.claim(claimRequest('done', 'owner'))
    await store.complete(completeRequest('done', 'owner'))
  })
  afterAll(async () => {
    await pool.end()
    await drop()
  })

  const runOver = (url: string, ...args: readonly string[]) =>
    run(['store', ...args, '--postgres-env', 'DATABASE_URL'], { cwd: cli, env: { DATABASE_URL: url } })
  const runHere = (...args: readonly string[]) => runOver(postgresUrl, ...args, '--table', table)

  test('lists, prunes, counts and forgets', async () => {
    expect((await runHere('list')).stdout).toMatch(/^failed {5}1 attempt, for 10 d.* {2}failed\n$/)
    expect((await runHere('prune')).stdout).toBe('1 record past their retention removed\n')
    expect((await runHere('forget', '--key', 'failed', '--key', 'failed', '--yes')).code).toBe(0)
    const { stdout } = await runHere('count', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ failed: 0, completed: 1, free: 0 })
  })

  test.each(['pg', 'postgres'] as const)('works over %s', async (client) => {
    const { store, close } = await openPostgres(postgresUrl, { table }, `${cli}/../store-postgres`, [client])
    expect(await store.count()).toMatchObject({ completed: 1 })
    await close()
    const url = await unreachable('postgres://')
    const error = await openPostgres(url, {}, `${cli}/../store-postgres`, [client]).catch((e) => e)
    expect(error).toMatchObject({ message: 'PostgreSQL does not answer: ECONNREFUSED', exitCode: 3 })
  })

  test('makes the table and brings it up to date, over pg and over postgres', async () => {
    const other = table.replace('.deliveries', '.migrated')
    const migrate = (...args: readonly string[]) => runOver(postgresUrl, 'migrate', '--table', other, ...args)
    const unmigrated = await runOver(postgresUrl, 'list', '--table', other)
    expect(unmigrated).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('countersign store migrate'),
    })
    expect(await migrate()).toMatchObject({ code: 0, stdout: 'the table was created\n' })
    expect((await migrate('--json')).stdout).toContain('"migration": "unchanged"')
    await pool.query(`ALTER TABLE ${other} DROP COLUMN last_code, DROP COLUMN runs`)
    const old = await runOver(postgresUrl, 'list', '--table', other)
    expect(old).toMatchObject({ code: 2, stderr: expect.stringContaining('countersign store migrate') })
    const { migrate: overPostgresJs, close } = await openPostgres(
      postgresUrl,
      { table: other },
      `${cli}/../store-postgres`,
      ['postgres'],
    )
    expect(await overPostgresJs?.()).toBe('updated')
    await close()
    expect((await migrate()).stdout).toBe('nothing to do: the table is up to date\n')
    expect((await runOver(postgresUrl, 'list', '--table', other)).stdout).toBe('no such records\n')
  })

  test('says in one line which table is missing, and which database', async () => {
    expect(await runOver(postgresUrl, 'count', '--table', 'none.there')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^countersign: .*there is no table none\.there.*\n$/),
    })
    const elsewhere = new URL(postgresUrl)
    elsewhere.pathname = '/no-such-database'
    expect(await runOver(elsewhere.href, 'count')).toMatchObject({
      code: 2,
      stderr: 'countersign: PostgreSQL: database "no-such-database" does not exist\n',
    })
    expect(await runOver(postgresUrl, 'count', '--table', 'a; drop')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^countersign: .*table must be a name.*\n$/),
    })
  })

  test('an unreachable one ends with 3, and never says the password', async () => {
    const url = await unreachable('postgres://user:the-password-of-it@')
    expect(await runOver(url, 'list')).toEqual({
      code: 3,
      stdout: '',
      stderr: 'countersign: PostgreSQL does not answer: ECONNREFUSED\n',
    })
  })
})
