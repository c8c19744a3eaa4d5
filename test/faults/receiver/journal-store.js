import { monotonic } from '../clock.js'
import { readEventId } from '../read-event-id.js'

/** @typedef {import('@countersign/core').DedupeStore} DedupeStore */
/** @typedef {import('@countersign/core/stores').TransactionalStore} TransactionalStore */

/**
 * Writes each call of the store and its answer to the journal. Some calls kill the process before the receiver's next step.
 *
 * @param {DedupeStore} store
 * @param {{ journal: import('./journal.js').Journal, killAt: import('./kill-at.js').KillAt }} parts
 * @returns {DedupeStore}
 */
export function journalStore(store, { journal, killAt }) {
  /** @type {Map<string, number>} */
  const attempts = new Map()
  const attemptOf = (/** @type {string} */ token) => attempts.get(token) ?? 0

  /**
   * @template T
   * @param {import('../types.js').JournalKind} kind
   * @param {{ key: string, token: string }} owned
   * @param {() => T | Promise<T>} ask
   */
  const ask = async (kind, { key, token }, ask) => {
    const began = monotonic()
    const event = readEventId(key)
    const attempt = attemptOf(token)
    // Written before the call: the process may be killed after the store has acted and before it answers.
    if (kind === 'release' || kind === 'fail') journal.write(kind, event, attempt, 'begun', began)
    try {
      const answer = await ask()
      journal.write(kind, event, attempt, String(answer), began)
      return answer
    } catch (error) {
      journal.write(kind, event, attempt, `rejected ${Object(error).code}`, began)
      throw error
    }
  }

  /** @type {DedupeStore} */
  const journalled = {
    name: store.name,
    shared: store.shared,
    async claim(request) {
      const began = monotonic()
      const event = readEventId(request.key)
      const result = await store.claim(request)
      journal.write('claim', event, result.attempts, result.state, began)
      if (result.state === 'claimed') {
        attempts.set(request.token, result.attempts)
        killAt('claimed', event, result.attempts)
      }
      return result
    },
    extend: (request) => ask('extend', request, () => store.extend(request)),
    acknowledge: (request) => ask('acknowledge', request, () => store.acknowledge(request)),
    async complete(request) {
      const event = readEventId(request.key)
      const attempt = attemptOf(request.token)
      const answer = ask('complete', request, () => store.complete(request))
      killAt('completing', event, attempt)
      const isCompleted = await answer
      if (isCompleted) killAt('completed', event, attempt)
      return isCompleted
    },
    release: (request) => ask('release', request, () => store.release(request)),
    fail: (request) => ask('fail', request, () => store.fail(request)),
    forget: (request) => store.forget(request),
  }
  return isTransactional(store) ? Object.assign(journalled, transactional(store)) : journalled

  /** @param {TransactionalStore} store */
  function transactional(store) {
    return {
      /**
       * @param {unknown} transaction
       * @param {import('@countersign/core/stores').CompleteRequest} request
       */
      completeIn(transaction, request) {
        const began = monotonic()
        const event = readEventId(request.key)
        const attempt = attemptOf(request.token)
        const note = (/** @type {boolean} */ answer) => {
          journal.write('complete-in', event, attempt, String(answer), began)
          return answer
        }
        const answer = store.completeIn(transaction, request)
        return typeof answer === 'boolean' ? note(answer) : answer.then(note)
      },
      /** @param {import('@countersign/core/stores').OwnedKey} request */
      async isCompleted(request) {
        const isCompleted = await ask('confirm', request, () => store.isCompleted(request))
        if (isCompleted) killAt('confirmed', readEventId(request.key), attemptOf(request.token))
        return isCompleted
      },
    }
  }
}

/**
 * @param {DedupeStore} store
 * @returns {store is TransactionalStore}
 */
function isTransactional(store) {
  return 'completeIn' in store
}
