import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadFirst } from '../src/store/load-package.js'
import { run } from './support/run.js'
import { BetterSqlite3, noSqlite, project, useSqliteFile } from './support/sqlite-file.js'

describe.skipIf(noSqlite)('store, over an SQLite file', () => {
  const { db, inProject, countOf, failed } = useSqliteFile()

  test.each([
    ['no file', () => join(db.folder, 'none.db'), /there is no file/],
    [
      'no database',
      () => written('a text that is long enough to be looked at as a header of a file'),
      /SQLite: .*not a database/,
    ],
    ['an empty file', () => written(''), /has no table/],
    ['a folder', () => db.folder, /SQLite: unable to open database file/],
  ])('says in one line what is wrong with %s', async (_, path, message) => {
    const { code, stdout, stderr } = await run(['store', 'count', '--sqlite', path()], { cwd: project })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(message)
  })

  test('a file that stays locked is one line', async () => {
    await failed('one')
    const other = new BetterSqlite3(db.file)
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
    const path = join(db.folder, 'other.db')
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
