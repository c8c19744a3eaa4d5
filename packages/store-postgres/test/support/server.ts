import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

/** The PostgreSQL that the tests share with others; each works in a schema of its own. */
export const url = process.env.COUNTERSIGN_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/test'

/** For `describe.skipIf`: nothing answers at the URL. */
export const noPostgres = !(await answers())

async function answers(): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch (error) {
    const problem = `no PostgreSQL answers at ${new URL(url).host}`
    if (process.env.COUNTERSIGN_REQUIRE_SERVICES === '1') throw new Error(problem, { cause: error })
    process.stdout.write(`SKIPPED: tests of the PostgreSQL store over a server: ${problem}\n`)
    return false
  }
}

/** A schema of a test file's own, and its end. */
export async function createSchema(): Promise<{
  readonly schema: string
  readonly drop: () => Promise<void>
}> {
  const schema = `countersign_${randomBytes(6).toString('hex')}`
  await runOnce(`CREATE SCHEMA ${schema}`)
  return { schema, drop: () => runOnce(`SET client_min_messages = error; DROP SCHEMA ${schema} CASCADE`) }
}

async function runOnce(text: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
