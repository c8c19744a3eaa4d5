/** Background pruning: one bounded run after every so many claims. */
export interface Pruning {
  /** Called with each claim. */
  readonly count: () => void
  /** Waits for what is under way, and begins nothing more. */
  readonly end: () => Promise<void>
}

const claimsBetween = 1_000
/** Of a database that does not answer, a store that is closed waits no longer. */
const endTimeoutMs = 2_000

/**
 * Its failures go nowhere: what one run leaves, the next one finds. The first run comes after a random number of claims,
 * so that processes which live for less than a thousand prune as well, taken together.
 *
 * @param prune deletes some, and does not take long
 */
export function pruneAtTimes(prune: () => Promise<unknown>): Pruning {
  let left = 1 + Math.floor(Math.random() * claimsBetween)
  let running: Promise<unknown> | undefined
  let ended = false

  return {
    count() {
      left -= 1
      if (left > 0 || running || ended) return
      left = claimsBetween
      running = prune()
        .catch(() => undefined)
        .finally(() => {
          running = undefined
        })
    },
    async end() {
      ended = true
      if (!running) return
      let timer: ReturnType<typeof setTimeout> | undefined
      const waited = new Promise((resolve) => {
        timer = setTimeout(resolve, endTimeoutMs)
      })
      await Promise.race([running, waited])
      clearTimeout(timer)
    },
  }
}
