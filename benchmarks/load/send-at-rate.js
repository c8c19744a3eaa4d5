/** @typedef {import('./send-requests.js').Sending} Sending */

/**
 * @typedef {object} Paced
 * @property {number} ms
 * @property {number} sent
 * @property {readonly number[]} latenciesMs of those that were answered in time
 */

/**
 * Sends requests at a fixed rate for some time, on the connections that are free. The rate is only reached if the server answers fast
 * enough; if it is infinite, each connection sends as soon as it is free.
 *
 * @param {Sending} sending
 * @param {{ perSecond: number, forMs: number }} pace
 * @returns {Promise<Paced>}
 */
export function sendAtRate({ connections, requests, status }, { perSecond, forMs }) {
  const free = [...connections]
  /** @type {number[]} */
  const latenciesMs = []
  const start = performance.now()
  let sent = 0
  let isOver = false
  return new Promise((resolve, reject) => {
    const send = (/** @type {import('./connection.js').Connection} */ connection) => {
      const sentAt = performance.now()
      connection.send(/** @type {Buffer} */ (requests[sent++ % requests.length]), (end) => {
        if (end !== status) return reject(new Error(`The server answered ${end} instead of ${status}.`))
        latenciesMs.push(performance.now() - sentAt)
        free.push(connection)
        sendDue()
      })
    }
    const sendDue = () => {
      const ms = performance.now() - start
      isOver ||= ms >= forMs
      while (!isOver && sent < (ms * perSecond) / 1000) {
        const connection = free.shift()
        if (!connection) break
        send(connection)
      }
      // The last answers are awaited, so that the next load finds the connections free.
      if (isOver && free.length === connections.length) resolve({ ms, sent, latenciesMs })
    }
    const tick = () => {
      sendDue()
      if (isOver) return
      const nextAt = ((sent + 1) / perSecond) * 1000
      setTimeout(tick, Math.min(forMs, nextAt) - (performance.now() - start))
    }
    tick()
  })
}
