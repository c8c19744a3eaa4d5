import { sqlStateOf } from './explain-failure.js'
import type { RunStatement } from './statements/statement.js'
import { warnOfPooler } from './warn-of-pooler.js'

/** A prepared statement exists already, or does not: the server refused it before anything ran. */
const unknownStates = ['42P05', '26000']

/**
 * Runs statements under a name, so that a connection parses each once. A pooler in transaction mode that does not know
 * prepared statements moves a connection between the server's sessions, and names are a session's own. The server then
 * refuses the statement, which is run once more without a name, as are all from then on; a line says so once.
 */
export function runUnnamedIfRefused(named: RunStatement, unnamed: RunStatement): RunStatement {
  let isRefused = false
  return async (statement, params) => {
    if (isRefused) return unnamed(statement, params)
    try {
      return await named(statement, params)
    } catch (error) {
      const state = sqlStateOf(error)
      if (state === undefined || !unknownStates.includes(state)) throw error
      if (!isRefused) warnOfPooler(`the server refused one (SQLSTATE ${state}), as behind a pooler`)
      isRefused = true
      return unnamed(statement, params)
    }
  }
}
