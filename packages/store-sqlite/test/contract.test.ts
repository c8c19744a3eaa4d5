import { testStore } from '@countersign/conformance'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { BetterSqlite3 } from './support/better-sqlite3.js'
import { startBackend } from './support/sqlite-backend.js'

describe.skipIf(!BetterSqlite3)('the contract over better-sqlite3', () => {
  testStore({
    name: 'SQLite over better-sqlite3',
    test,
    beforeAll,
    afterAll,
    start: async () => startBackend(),
  })
})
