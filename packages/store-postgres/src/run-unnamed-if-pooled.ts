import type { PostgresJs } from './client-types.js'
import { isRecord, readRows } from './read-rows.js'
import type { RunStatement } from './statements/statement.js'
import { warnOfPooler } from './warn-of-pooler.js'

/**
 * For postgres.js, which sends the next statement before the last one is answered. Where a pooler has no prepared statement,
 * that leaves connections waiting for ever, so there must be no first refusal to learn from. A pooler shows beforehand: it
 * gives its clients process ids of its own, and not that of the server's session.
 */
export function runUnnamedIfPooled(
  client: PostgresJs,
  named: RunStatement,
  unnamed: RunStatement,
): RunStatement {
  let run: RunStatement | undefined
  let looking: Promise<RunStatement> | undefined
  const look = async () => {
    const isDirect = await reachesTheServer(client)
    if (!isDirect) warnOfPooler('its connections go through a pooler')
    run = isDirect ? named : unnamed
    return run
  }
  return async (statement, params) => {
    looking ??= look()
    try {
      run ??= await looking
    } catch (error) {
      looking = undefined
      throw error
    }
    return run(statement, params)
  }
}

async function reachesTheServer(client: PostgresJs): Promise<boolean> {
  const result = await client.unsafe('SELECT pg_backend_pid()::text AS pid', [], { prepare: false })
  const { state } = result as { readonly state?: unknown }
  const [pid] = readRows(result)
  return isRecord(state) && String(state.pid) === pid
}
