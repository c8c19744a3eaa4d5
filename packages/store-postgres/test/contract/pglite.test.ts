import { testStore } from '@countersign/conformance'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { backendOver } from '../support/backend-over.js'

describe('the contract over PGlite', () => {
  testStore({
    name: 'PostgreSQL in this process, over PGlite',
    test,
    beforeAll,
    afterAll,
    exploration: { attempts: 1, workers: 1 },
    start: async () => {
      const client = await PGlite.create()
      return backendOver(
        { client, transact: (run) => client.transaction(run), end: () => client.close() },
        'public',
      )
    },
  })
})
