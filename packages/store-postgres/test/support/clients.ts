import { Pool, type PoolClient } from 'pg'
import postgres from 'postgres'
import type { PostgresClient, PostgresTransaction } from '../../src/index.js'
import { url } from './server.js'

/** A client, and what its user would do with it. */
export interface Connected {
  readonly client: PostgresClient
  /** Commits when `run` resolves, else rolls back and rethrows. */
  readonly transact: <T>(run: (transaction: PostgresTransaction) => Promise<T>) => Promise<T>
  readonly end: () => Promise<unknown>
}

/** A pool, which outlives connections that the server closes. */
export function createPool(options: ConstructorParameters<typeof Pool>[0] = {}): Pool {
  const pool = new Pool({ connectionString: url, ...options })
  pool.on('error', () => {})
  return pool
}

/** A transaction over pg, as its documentation has it. */
export async function transactIn<T>(
  pool: Pool,
  run: (connection: PoolClient) => Promise<T>,
  begin = 'BEGIN',
): Promise<T> {
  const connection = await pool.connect()
  let failure: Error | undefined
  try {
    await connection.query(begin)
    const result = await run(connection)
    await connection.query('COMMIT')
    return result
  } catch (error) {
    await connection.query('ROLLBACK').catch((broken: Error) => {
      failure = broken
    })
    throw error
  } finally {
    connection.release(failure)
  }
}

interface ConnectOptions {
  /** False: a commit does not wait for the disk. */
  readonly synchronousCommit?: boolean
}

export function connectPg({ synchronousCommit = true }: ConnectOptions = {}): Connected {
  const client = createPool(synchronousCommit ? {} : { options: '-c synchronous_commit=off' })
  return { client, transact: (run) => transactIn(client, run), end: () => client.end() }
}

export function connectPostgresJs({ synchronousCommit = true }: ConnectOptions = {}): Connected {
  const client = postgres(url, synchronousCommit ? {} : { connection: { synchronous_commit: 'off' } })
  // Its types unwrap what a transaction resolves to.
  const transact: Connected['transact'] = async (run) => {
    let result: Awaited<ReturnType<typeof run>> | undefined
    await client.begin(async (sql) => {
      result = await run(sql)
    })
    return result as Awaited<ReturnType<typeof run>>
  }
  return { client, transact, end: () => client.end() }
}
