import { monotonic } from '../clock.js'

/**
 * Inserts a row for each effect, in one transaction with the completion, on the application's own connection.
 *
 * @param {import('../types.js').ReceiverSettings} settings
 * @param {{ database: import('better-sqlite3').Database, journal: import('./journal.js').Journal, killAt: import('./kill-at.js').KillAt }} parts
 * @returns {import('./handle.js').ApplyEffect}
 */
export function sqliteEffect({ slot, life }, { database, journal, killAt }) {
  const insert = database.prepare('INSERT INTO effects (event, attempt, process, at) VALUES (?, ?, ?, ?)')
  return (delivery, event, rollsBack) => {
    const { attempt } = delivery
    try {
      database.exec('BEGIN IMMEDIATE')
      insert.run(event, attempt, `${slot}.${life}`, monotonic())
      killAt('inserted', event, attempt)
      delivery.completeIn(database)
      killAt('enlisted', event, attempt)
      database.exec(rollsBack ? 'ROLLBACK' : 'COMMIT')
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK')
      throw error
    }
    if (rollsBack) return
    journal.write('committed', event, attempt)
    killAt('committed', event, attempt)
  }
}
