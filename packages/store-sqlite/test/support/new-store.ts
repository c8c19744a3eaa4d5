import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { type SqliteStore, type SqliteStoreOptions, sqliteStore } from '../../src/index.js'
import { connect } from './better-sqlite3.js'
import { makeTemporaryFolder } from './temporary-folder.js'

export interface TestFile {
  readonly path: string
  readonly folder: string
  /** Opens a connection, which is closed when the test has finished. */
  open(options?: Database.Options): Database.Database
}

export interface TestStore extends TestFile {
  readonly store: SqliteStore
  /** The store's own connection. */
  readonly database: Database.Database
}

/** A new file that is gone when the test has finished. */
export function newFile(): TestFile {
  const folder = makeTemporaryFolder()
  const connections: Database.Database[] = []
  onTestFinished(() => {
    for (const connection of connections) connection.close()
    folder.remove()
  })
  const path = join(folder.path, 'deliveries.db')
  const open = (options?: Database.Options) => {
    const connection = connect(path, options)
    connections.push(connection)
    return connection
  }
  return { path, folder: folder.path, open }
}

/** A store in a new file. */
export function newStore(options: Partial<SqliteStoreOptions> = {}): TestStore {
  const file = newFile()
  const database = file.open()
  return { ...file, database, store: sqliteStore({ database, ...options }) }
}

/** What a claim asks for, with a token of its own. */
export function claimRequest(key: string) {
  return {
    key,
    token: randomUUID(),
    fingerprint: 'content',
    leaseMs: 30_000,
    retentionMs: 600_000,
    hold: false,
  }
}

export function completeRequest({ key, token, fingerprint, retentionMs }: ReturnType<typeof claimRequest>) {
  return { key, token, fingerprint, retentionMs, acceptanceMs: 0 }
}
