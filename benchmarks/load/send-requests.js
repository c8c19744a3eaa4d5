/**
 * @typedef {object} Sending
 * @property {readonly import('./connection.js').Connection[]} connections
 * @property {readonly Buffer[]} requests sent in this order, and again from the first one if `count` is larger
 * @property {number} count
 * @property {number} status what each of them must be answered with
 */

/** @typedef {{ readonly ms: number, readonly latenciesMs: Float64Array }} Sent */

/**
 * Sends requests over all connections, on each one as soon as the answer to the one before is there.
 *
 * @param {Sending} sending
 * @returns {Promise<Sent>}
 */
export async function sendInTurn({ connections, requests, count, status }) {
  const latenciesMs = new Float64Array(count)
  let next = 0
  const start = performance.now()
  await Promise.all(
    connections.map(
      (connection) =>
        new Promise((resolve, reject) => {
          const sendNext = () => {
            if (next === count) return void resolve(undefined)
            const place = next++
            const request = /** @type {Buffer} */ (requests[place % requests.length])
            const sentAt = performance.now()
            connection.send(request, (end) => {
              latenciesMs[place] = performance.now() - sentAt
              if (end === status) sendNext()
              else reject(new Error(`The server answered ${end} instead of ${status}.`))
            })
          }
          sendNext()
        }),
    ),
  )
  return { ms: performance.now() - start, latenciesMs }
}
