import { sqlStateOf } from '../describe-failure.js'
import type { RunStatement } from '../statements/statement.js'
import { warnAboutPooler } from './warn-about-pooler.js'

/** A prepared statement exists already, or does not: the server refused it before anything ran. */
const unknownStates = ['42P05', '26000']

/**
 * Runs prepared statements, so that a connection parses each once. A pooler in transaction mode that does not support
 * prepared statements moves a connection between the server's sessions, which each have their own. The server then
 * refuses the statement. It is run again unprepared, as are all from then on, and one warning says so.
 */
export function prepareUnlessRefused(prepared: RunStatement, unprepared: RunStatement): RunStatement {
  let isRefused = false
  return async (statement, params) => {
    if (isRefused) return unprepared(statement, params)
    try {
      return await prepared(statement, params)
    } catch (error) {
      const state = sqlStateOf(error)
      if (state === undefined || !unknownStates.includes(state)) throw error
      if (!isRefused)
        warnAboutPooler(`the server refused one (SQLSTATE ${state}), as it does behind a pooler`)
      isRefused = true
      return unprepared(statement, params)
    }
  }
}
