import { join } from 'node:path'
import { sqliteStore } from '@countersign/store-sqlite'
import { describe, expect, test } from 'vitest'
import { claimRequest } from '../../../test/support/store-requests.js'
import { run } from './support/run.js'
import { BetterSqlite3, noSqlite, project, useSqliteFile } from './support/sqlite-file.js'

describe.skipIf(noSqlite)('store, over an SQLite file', () => {
  const { db, inProject, linesOf } = useSqliteFile()

  test('takes a table of another name, and makes none', async () => {
    const other = sqliteStore({ database: new BetterSqlite3(db.file), table: 'other' })
    await other.claim(claimRequest('one', 'owner', { leaseMs: 3_600_000 }))
    expect((await inProject(['list', '--table', 'other'])).stdout).toContain('one')
    const wrong = await inProject(['list', '--table', 'wrong'])
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toMatch(
      /^countersign: .* has no table wrong; name the table with --table, or create it with countersign store migrate\n$/,
    )
    expect(db.database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'wrong'").get()).toBeUndefined()
  })

  test('makes the table, and the file, and says what it did', async () => {
    const migrate = (path: string, ...args: readonly string[]) =>
      run(['store', 'migrate', '--sqlite', path, ...args], { cwd: project })
    const made = join(db.folder, 'made.db')
    expect(await migrate(made)).toMatchObject({ code: 0, stdout: 'the table was created\n', stderr: '' })
    expect((await run(['store', 'count', '--sqlite', made], { cwd: project })).code).toBe(0)
    expect((await migrate(db.file)).stdout).toBe('nothing to do: the table is up to date\n')
    expect((await migrate(db.file, '--table', 'other', '--json')).stdout).toContain('"migration": "created"')
    const nowhere = await migrate(join(db.folder, 'none', 'made.db'))
    expect(nowhere).toMatchObject({ code: 2, stdout: '' })
    expect(nowhere.stderr.trim().split('\n')).toHaveLength(1)
  })

  test('gives the table of an earlier version its columns, and keeps its records', async () => {
    db.database.exec(`CREATE TABLE earlier (key TEXT PRIMARY KEY NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
      token TEXT, fingerprint TEXT, lease_until INTEGER NOT NULL, retain_until INTEGER NOT NULL, hold INTEGER NOT NULL,
      acked INTEGER NOT NULL, attempted_at REAL) WITHOUT ROWID`)
    db.database.exec(
      `INSERT INTO earlier VALUES ('one', 'failed', 9, NULL, NULL, ${db.now}, ${db.now}, 0, 0, NULL)`,
    )
    const migrate = () => inProject(['migrate', '--table', 'earlier'])
    expect(await migrate()).toMatchObject({ code: 0, stdout: 'the new columns were added\n' })
    expect((await migrate()).stdout).toContain('nothing to do')
    expect(await linesOf('list', '--table', 'earlier')).toEqual([
      expect.stringMatching(/^failed {5}9 attempts, for \d s {2}one$/),
    ])
  })
})
