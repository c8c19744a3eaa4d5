/**
 * Runs at most `count` tasks at once; the others wait in their order.
 *
 * @param {number} count
 */
export function limitConcurrency(count) {
  let free = count
  /** @type {(() => void)[]} */
  const waiting = []
  return {
    /**
     * @template T
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    async run(work) {
      if (free > 0) free -= 1
      else await new Promise((resolve) => waiting.push(() => resolve(undefined)))
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else free += 1
      }
    },
  }
}
