import type { StoreBackend } from '@countersign/conformance'
import { postgresStore } from '../../src/index.js'
import { brokenClients } from './broken-clients.js'
import type { Connected } from './clients.js'
import { createSchema } from './server.js'

/** For `testStore`: each space is a table of the schema. */
export function backendOver({ client, transact, end }: Connected, schema: string): StoreBackend {
  return {
    createStore: async ({ space, clock }) => {
      const store = postgresStore({ client, table: `${schema}.${space}`, ...(clock && { now: clock.now }) })
      await store.migrate()
      return store
    },
    createBrokenStore: (fault) => postgresStore({ client: brokenClients[fault]() }),
    transact: async (_space, run) => transact(async (transaction) => run(transaction as never)),
    stop: async () => void (await end()),
  }
}

/** The same in a schema of its own on the shared server. */
export async function startBackend(connect: () => Connected): Promise<StoreBackend> {
  const { schema, drop } = await createSchema()
  const connected = connect()
  const end = async () => {
    await connected.end()
    await drop()
  }
  return backendOver({ ...connected, end }, schema)
}
