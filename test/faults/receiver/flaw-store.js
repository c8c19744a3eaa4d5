/** @typedef {import('@countersign/core').DedupeStore} DedupeStore */

/**
 * Stores with a bug, to check that the fault test finds it. The option `--flaw <name>` selects one; its name says what is
 * wrong.
 *
 * @type {Readonly<Record<string, (store: DedupeStore) => Partial<DedupeStore> & Record<string, unknown>>>}
 */
const flaws = {
  'release-always': (store) => ({
    complete: async ({ key, token }) => (await store.release({ key, token })) !== 'lost',
  }),
  'forget-completed': (store) => ({
    async complete(request) {
      const isCompleted = await store.complete(request)
      await store.forget({ key: request.key })
      return isCompleted
    },
  }),
  'complete-at-claim': (store) => ({
    async claim(request) {
      const result = await store.claim(request)
      if (result.state === 'claimed') await store.complete({ ...request, acceptanceMs: 0 })
      return result
    },
  }),
  'claim-always': (store) => ({
    async claim(request) {
      const result = await store.claim(request)
      if (result.state !== 'in-progress') return result
      return { state: 'claimed', attempts: result.attempts }
    },
  }),
  'failure-is-duplicate': (store) => ({
    async claim(request) {
      try {
        return await store.claim(request)
      } catch {
        return { state: 'completed', attempts: 1, sameFingerprint: true }
      }
    },
  }),
  'release-others': (store) => ({
    async claim(request) {
      const result = await store.claim(request)
      if (result.state !== 'in-progress') return result
      await store.forget({ key: request.key, force: true })
      return store.claim(request)
    },
  }),
  // Only for PostgreSQL: with SQLite, the handler does not await it.
  'complete-outside': (store) => ({
    completeIn: async (
      /** @type {unknown} */ _,
      /** @type {import('@countersign/core/stores').CompleteRequest} */ request,
    ) => store.complete(request),
  }),
  'commit-is-no-completion': () => ({
    completeIn: async () => true,
    isCompleted: async () => true,
  }),
}

/**
 * @param {DedupeStore} store
 * @param {string | undefined} flaw
 * @returns {DedupeStore}
 */
export function flawStore(store, flaw) {
  if (flaw === undefined) return store
  const wrong = flaws[flaw]
  if (!wrong) throw new Error(`There is no flaw "${flaw}". Use one of ${Object.keys(flaws).join(', ')}.`)
  /** @type {Record<string, unknown>} */
  const whole = { name: store.name, shared: store.shared }
  const operations = [
    'claim',
    'extend',
    'acknowledge',
    'complete',
    'release',
    'fail',
    'forget',
    'completeIn',
    'isCompleted',
  ]
  for (const operation of operations) {
    const run = Object(store)[operation]
    if (typeof run === 'function') whole[operation] = run.bind(store)
  }
  return /** @type {DedupeStore} */ (/** @type {unknown} */ (Object.assign(whole, wrong(store))))
}
