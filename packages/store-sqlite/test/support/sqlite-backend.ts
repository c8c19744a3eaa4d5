import { join } from 'node:path'
import type { StoreBackend } from '@countersign/conformance'
import { sqliteStore } from '../../src/index.js'
import { connect } from './better-sqlite3.js'
import { talkRubbish } from './rubbish.js'
import { makeTemporaryFolder } from './temporary-folder.js'

/** Files in a temporary folder, one for each space. Every store has a connection of its own, as in processes of their own. */
export function startBackend(): StoreBackend {
  const folder = makeTemporaryFolder()
  const connections: ReturnType<typeof connect>[] = []
  const open = (space: string) => {
    const connection = connect(join(folder.path, `${space}.db`))
    connections.push(connection)
    return connection
  }
  return {
    createStore({ space, clock }) {
      const database = open(space)
      const store = sqliteStore({ database, ...(clock && { now: () => clock.now() }) })
      // Only a power cut would show the difference, and the exploration would wait for the disk for a minute.
      if (clock) database.pragma('synchronous = OFF')
      return store
    },
    createBrokenStore(fault) {
      const database = open('broken')
      switch (fault) {
        case 'down': {
          const store = sqliteStore({ database })
          database.close()
          return store
        }
        case 'silent': {
          const store = sqliteStore({ database, busyTimeoutMs: 200 })
          open('broken').exec('BEGIN IMMEDIATE')
          return store
        }
        default:
          return sqliteStore({ database: talkRubbish(database) })
      }
    },
    async transact(space, run) {
      const connection = open(space)
      connection.exec('BEGIN IMMEDIATE')
      try {
        const result = await run(connection as never)
        connection.exec('COMMIT')
        return result
      } catch (error) {
        connection.exec('ROLLBACK')
        throw error
      } finally {
        connection.close()
      }
    },
    stop() {
      for (const connection of connections) connection.close()
      folder.remove()
    },
  }
}
