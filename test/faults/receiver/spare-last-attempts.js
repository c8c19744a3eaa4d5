import { AsyncLocalStorage } from 'node:async_hooks'

/** @type {AsyncLocalStorage<boolean>} */
const spared = new AsyncLocalStorage()

/** The attempts at the end of a schedule: what they fail at, nobody can mend. */
const firstSpared = 9

/**
 * The sender says beside what it signs which of its attempts this is. After its last one it does not come again, so a
 * crash there loses the event whatever the receiver and its store do; that is no fault of theirs.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {() => void} receive
 */
export function spareLastAttempts(request, receive) {
  spared.run(Number(request.headers['x-faults-attempt'] ?? 0) >= firstSpared, receive)
}

/** Whether what runs belongs to an attempt in which nothing may be done on purpose. */
export function isSpared() {
  return spared.getStore() === true
}
