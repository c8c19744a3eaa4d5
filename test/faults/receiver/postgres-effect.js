import { monotonic } from '../clock.js'

/**
 * Inserts a row for each effect, in one transaction with the completion.
 *
 * @param {import('../types.js').ReceiverSettings} settings
 * @param {{ pool: import('pg').Pool, journal: import('./journal.js').Journal, killAt: import('./kill-at.js').KillAt }} parts
 * @returns {import('./handle.js').ApplyEffect}
 */
export function postgresEffect({ slot, life }, { pool, journal, killAt }) {
  return async (delivery, event, rollsBack) => {
    const { attempt } = delivery
    const client = await pool.connect()
    let isBroken = false
    try {
      await client.query('BEGIN')
      await client.query('INSERT INTO effects (event, attempt, process, at) VALUES ($1, $2, $3, $4)', [
        event,
        attempt,
        `${slot}.${life}`,
        monotonic(),
      ])
      killAt('inserted', event, attempt)
      await delivery.completeIn(client)
      killAt('enlisted', event, attempt)
      if (rollsBack) return void (await client.query('ROLLBACK'))
      const commit = client.query('COMMIT')
      killAt('committing', event, attempt)
      await commit
      journal.write('committed', event, attempt)
      killAt('committed', event, attempt)
    } catch (error) {
      isBroken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      )
      throw error
    } finally {
      client.release(isBroken)
    }
  }
}
