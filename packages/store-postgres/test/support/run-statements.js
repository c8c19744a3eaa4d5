// A process that holds one connection, and runs on it what it is told.
import pg from 'pg'

const client = new pg.Client({ connectionString: process.argv[2], application_name: 'countersign child' })
await client.connect()
process.on('message', async (/** @type {{ text: string, params: string[] }} */ { text, params }) => {
  const { rows } = await client.query(text, params)
  process.send?.({ rows })
})
process.send?.('ready')
