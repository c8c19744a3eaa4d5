/** How many attempts a record has counted, and the latest signed time among them. */
export interface AttemptCount {
  readonly attempts: number
  /** Undefined where no counted claim had a signed time. */
  readonly attemptedAt: number | undefined
}

/**
 * What a claim that meets no live lease makes of a record's count: one more, unless its signed time is not later than
 * every one counted so far. Such a claim is a copy: who sends a captured delivery again and again, or two of them in
 * turn, uses up none of the sender's attempts.
 *
 * @param known the record's count so far; undefined for a key without a record
 * @param attemptedAt the claim's signed time, in milliseconds since the epoch; undefined where none is signed
 */
export function countAttempt(known: AttemptCount | undefined, attemptedAt: number | undefined): AttemptCount {
  if (known === undefined) return { attempts: 1, attemptedAt }
  const { attempts, attemptedAt: latest } = known
  if (attemptedAt !== undefined && latest !== undefined && attemptedAt <= latest)
    return { attempts, attemptedAt: latest }
  return { attempts: attempts + 1, attemptedAt: attemptedAt ?? latest }
}
