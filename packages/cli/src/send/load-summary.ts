import { type AttemptResult, isExpected } from './attempt-result.js'

/** The summary of many attempts. */
export interface LoadSummary {
  readonly sent: number
  /** The number of answers by status. */
  readonly statuses: Readonly<Record<string, number>>
  /** The number of attempts without an answer, by reason. */
  readonly failures: Readonly<Record<string, number>>
  /** Milliseconds from connecting to the end of the answer; undefined if nobody answered. */
  readonly latencyMs?: Readonly<Record<'p50' | 'p95' | 'p99' | 'max', number>>
  readonly seconds: number
  /** Whether every attempt got the expected answer. */
  readonly ok: boolean
}

/** Counts attempts while they are made. */
export class LoadCounter {
  readonly #statuses = new Map<string, number>()
  readonly #failures = new Map<string, number>()
  readonly #latencies: number[] = []
  readonly #isFaulty: boolean
  readonly #start = performance.now()
  #unexpected = 0

  /** @param isFaulty whether the deliveries must be refused */
  constructor(isFaulty: boolean) {
    this.#isFaulty = isFaulty
  }

  add({ status, failure = '', ms }: AttemptResult): void {
    if (status === null) {
      increment(this.#failures, failure)
      return
    }
    increment(this.#statuses, String(status))
    this.#latencies.push(ms)
    if (!isExpected({ status }, this.#isFaulty)) this.#unexpected += 1
  }

  summarize(): LoadSummary {
    const sorted = Float64Array.from(this.#latencies).sort()
    const rank = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
    const sent = [...this.#statuses.values(), ...this.#failures.values()].reduce((sum, n) => sum + n, 0)
    return {
      sent,
      statuses: Object.fromEntries([...this.#statuses].sort()),
      failures: Object.fromEntries(this.#failures),
      ...(sorted.length > 0 && {
        latencyMs: { p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: rank(1) },
      }),
      seconds: Math.round(performance.now() - this.#start) / 1000,
      ok: sent > 0 && this.#unexpected === 0 && this.#failures.size === 0,
    }
  }
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
