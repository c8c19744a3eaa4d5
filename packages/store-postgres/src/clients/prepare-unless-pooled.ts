import type { PostgresJs } from '../client-types.js'
import type { RunStatement } from '../statements/statement.js'
import { isRecord, readRows } from './read-rows.js'
import { warnAboutPooler } from './warn-about-pooler.js'

/**
 * For postgres.js, which sends the next statement before the last one is answered. If a pooler does not have a prepared
 * statement, its connections then wait for ever, so the store must not learn it from an error. It finds a pooler
 * beforehand: a pooler gives its clients process ids of its own instead of that of the server's session.
 */
export function prepareUnlessPooled(
  client: PostgresJs,
  prepared: RunStatement,
  unprepared: RunStatement,
): RunStatement {
  let run: RunStatement | undefined
  let looking: Promise<RunStatement> | undefined
  const look = async () => {
    const isDirect = await reachesTheServer(client)
    if (!isDirect) warnAboutPooler('its connections go through a pooler')
    run = isDirect ? prepared : unprepared
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
