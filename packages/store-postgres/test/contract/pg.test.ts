import { testStore } from '@countersign/conformance'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { startBackend } from '../support/backend-over.js'
import { connectPg } from '../support/clients.js'
import { noPostgres } from '../support/server.js'

describe.skipIf(noPostgres)('the contract over pg', () => {
  testStore({
    name: 'PostgreSQL over pg',
    test,
    beforeAll,
    afterAll,
    exploration: { attempts: 2 },
    // Whether a commit is on the disk is another test's matter.
    start: () => startBackend(() => connectPg({ synchronousCommit: false })),
  })
})
