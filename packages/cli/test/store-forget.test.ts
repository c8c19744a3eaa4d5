import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { claimRequest } from '../../../test/support/store-requests.js'
import { keyOf, noSqlite, useSqliteFile } from './support/sqlite-file.js'

describe.skipIf(noSqlite)('store, over an SQLite file', () => {
  const { db, inProject, countOf, failed } = useSqliteFile()

  test('forgets the keys it is given, and says what became of each', async () => {
    await failed(keyOf('tickets', '1'))
    await failed(keyOf('tickets', '2'))
    await db.store.claim(claimRequest('live', 'owner', { leaseMs: 3_600_000 }))
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
    db.now -= 10 * 86_400_000
    for (const key of ['a', 'b', 'c']) await db.store.claim(claimRequest(key, 'owner'))
    expect((await inProject(['prune', '--limit', '1'])).stdout).toBe(
      '1 record past their retention removed\n',
    )
    expect((await inProject(['prune', '--json'])).stdout).toContain('"removed": 2')
    expect((await inProject(['prune'])).stdout).toBe('0 records past their retention removed\n')
  })
})
