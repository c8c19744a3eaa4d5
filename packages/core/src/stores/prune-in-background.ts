/** Prunes a store while claims come in. */
export interface BackgroundPruning {
  /** Call it with every claim. It may start a run, and never waits for one. */
  readonly countClaim: () => void
  /** Starts no more runs, and waits up to 2 seconds for the current one. */
  readonly end: () => Promise<void>
}

/** A store that is being closed must not wait for a database that does not answer. */
const endTimeoutMs = 2_000

/**
 * Starts one bounded pruning run after every so many claims, and never two at once. Errors are dropped: the next run finds
 * what this one left, and a database that fails makes the next claim fail too.
 *
 * The first run comes after a random number of claims, so that processes which live for a few claims each prune as well.
 *
 * @param everyClaims how many claims lie between two runs
 * @param prune deletes a bounded number of records
 *
 * @example
 * export function startPruning(deleteExpired: (limit: number) => Promise<number>): BackgroundPruning {
 *   return pruneInBackground(1_000, () => deleteExpired(2_000))
 * }
 */
export function pruneInBackground(everyClaims: number, prune: () => unknown): BackgroundPruning {
  let claimsLeft = Math.floor(Math.random() * everyClaims)
  let running: Promise<unknown> | undefined
  let hasEnded = false

  const run = async () => {
    try {
      await prune()
    } catch {
      // The next run deletes what this one left.
    }
  }
  return {
    countClaim() {
      claimsLeft -= 1
      if (claimsLeft > 0 || running || hasEnded) return
      claimsLeft = everyClaims
      running = run().finally(() => {
        running = undefined
      })
    },
    async end() {
      hasEnded = true
      if (!running) return
      let timer: ReturnType<typeof setTimeout> | undefined
      const timeout = new Promise((resolve) => {
        timer = setTimeout(resolve, endTimeoutMs)
      })
      await Promise.race([running, timeout])
      clearTimeout(timer)
    },
  }
}
