import { describe, expect, test } from 'vitest'
import { claimRequest, completeRequest } from '../../../test/support/store-requests.js'
import { keyOf, noSqlite, useSqliteFile } from './support/sqlite-file.js'

describe.skipIf(noSqlite)('store, over an SQLite file', () => {
  const { db, inProject, linesOf, jsonLinesOf, countOf, failed, failOnce } = useSqliteFile()

  test('lists what needs the operator, in words and as lines of JSON', async () => {
    await failed(keyOf('tickets', '1'))
    db.now += 1_000
    await db.store.claim(claimRequest(keyOf('orders', '2'), 'owner', { leaseMs: 3_600_000 }))
    await db.store.claim(claimRequest('done', 'owner'))
    await db.store.complete(completeRequest('done', 'owner'))
    await db.store.claim(claimRequest('x'.repeat(64), 'owner', { leaseMs: 3_600_000 }))

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

  test('shows what failed and is free: which event, why, when, and whether the sender retries', async () => {
    db.now -= 120_000
    const keyIn = (scheme: string, fourth = 'header') =>
      JSON.stringify([null, null, scheme, fourth, '1', null, null, {}])
    await failOnce(keyIn('github'), 'push')
    await failOnce(keyIn('visibuild'), 'ticket.created')
    await failOnce(keyIn('my-own'))
    db.now -= 7_200_000
    await failOnce(keyIn('slack'), 'app_mention')
    await db.store.claim(claimRequest(keyIn('stripe'), 'owner', { event: 'invoice.paid', leaseMs: 60_000 }))
    for (const key of [keyIn('standard-webhooks'), keyIn('visibuild', 'replay')])
      await db.store.claim(claimRequest(key, 'owner', { leaseMs: 60_000, event: undefined }))
    // Neither failed nor cut off: a receiver gave it back, as it does with a replay's guard.
    await db.store.claim(claimRequest('given back', 'owner'))
    await db.store.release({ key: 'given back', token: 'owner' })

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
    await db.store.claim(claimRequest(key, 'owner'))
    await db.store.fail({ key, token: 'owner', code: 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD' })
    const listed = async () => (await inProject(['list'])).stdout
    const why = 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD'
    expect(await listed()).toMatch(
      new RegExp(`^failed     ticket\\.created, 2 attempts, ${why} \\d s ago  \\[`),
    )
    await db.store.claim(claimRequest(key, 'copy'))
    expect(await listed()).toContain(', 2 attempts, 1 copy, ')
    await db.store.claim(claimRequest(key, 'copy'))
    expect(await listed()).toContain(', 2 attempts, 2 copies, ')
    expect(await jsonLinesOf('list')).toMatchObject([
      { state: 'failed', event: 'ticket.created', attempts: 2, copies: 2, lastCode: why, senderRetry: null },
    ])
  })

  test("takes the event's name from the key where the record has none", async () => {
    const key = JSON.stringify([null, null, 'github', 'header', '1', 'digest', 'push', {}])
    await db.store.claim(claimRequest(key, 'owner'))
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
})
