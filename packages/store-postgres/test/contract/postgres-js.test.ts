import { testStore } from '@countersign/conformance'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { startBackend } from '../support/backend-over.js'
import { connectPostgresJs } from '../support/clients.js'
import { noPostgres } from '../support/server.js'

describe.skipIf(noPostgres)('the contract over postgres.js', () => {
  testStore({
    name: 'PostgreSQL over postgres.js',
    test,
    beforeAll,
    afterAll,
    exploration: { attempts: 1 },
    // Whether a commit is on the disk is another test's matter.
    start: () => startBackend(() => connectPostgresJs({ synchronousCommit: false })),
  })
})
