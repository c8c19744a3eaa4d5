/** The attempts that a record has counted, and the latest signed timestamp among them. */
export interface AttemptCount {
  readonly attempts: number
  /** Milliseconds since the epoch; undefined if no counted claim had a signed timestamp. */
  readonly attemptedAt: number | undefined
}

/**
 * Counts a claim that meets no live lease as one more attempt, unless its signed timestamp is not later than the latest
 * one counted so far. Such a claim is a copy: an attacker who replays captured deliveries must not use up the sender's
 * attempts.
 *
 * @param known the record's count so far; undefined for a key without a record
 * @param attemptedAt the claim's signed timestamp, in milliseconds since the epoch; undefined if none is signed
 * @returns the new count
 *
 * @example
 * const first = countAttempt(undefined, 1_000) // { attempts: 1, attemptedAt: 1_000 }
 * countAttempt(first, 2_000) // { attempts: 2, attemptedAt: 2_000 }
 * countAttempt(first, 1_000) // a copy: { attempts: 1, attemptedAt: 1_000 }
 */
export function countAttempt(known: AttemptCount | undefined, attemptedAt: number | undefined): AttemptCount {
  if (known === undefined) return { attempts: 1, attemptedAt }
  const { attempts, attemptedAt: latest } = known
  if (attemptedAt !== undefined && latest !== undefined && attemptedAt <= latest)
    return { attempts, attemptedAt: latest }
  return { attempts: attempts + 1, attemptedAt: attemptedAt ?? latest }
}
