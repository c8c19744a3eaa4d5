import { AsyncLocalStorage } from 'node:async_hooks'

/** @type {AsyncLocalStorage<boolean>} */
const spared = new AsyncLocalStorage()

/** The first of the attempts at the end of a schedule, after which too few retries are left to recover. */
const firstSpared = 9

/**
 * An unsigned header carries the number of the sender's attempt. The sender does not retry after its last attempt, so a
 * crash then loses the event, and neither the receiver nor its store could prevent that.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {() => void} receive
 */
export function spareLastAttempts(request, receive) {
  spared.run(Number(request.headers['x-faults-attempt'] ?? 0) >= firstSpared, receive)
}

/** Whether the running code belongs to an attempt in which no fault may be caused. */
export function isSpared() {
  return spared.getStore() === true
}
