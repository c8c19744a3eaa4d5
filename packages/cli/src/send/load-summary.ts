import { type Exchange, isAsExpected } from './exchange.js'

/** What many exchanges come to. */
export interface LoadSummary {
  readonly sent: number
  /** How many answers of each status. */
  readonly statuses: Readonly<Record<string, number>>
  /** How many without an answer, by the reason. */
  readonly failures: Readonly<Record<string, number>>
  /** Milliseconds from the connection to the answer's end; undefined where nobody answered. */
  readonly latencyMs?: Readonly<Record<'p50' | 'p95' | 'p99' | 'max', number>>
  readonly seconds: number
  /** Whether every one was answered, and with what was to be expected. */
  readonly ok: boolean
}

/** Counts exchanges as they come. */
export class ExchangeCounter {
  readonly #statuses = new Map<string, number>()
  readonly #failures = new Map<string, number>()
  readonly #latencies: number[] = []
  readonly #isFaulty: boolean
  readonly #start = performance.now()
  #unexpected = 0

  /** @param isFaulty whether the deliveries are to be refused */
  constructor(isFaulty: boolean) {
    this.#isFaulty = isFaulty
  }

  add({ status, failure = '', ms }: Exchange): void {
    if (status === null) {
      increment(this.#failures, failure)
      return
    }
    increment(this.#statuses, String(status))
    this.#latencies.push(ms)
    if (!isAsExpected({ status }, this.#isFaulty)) this.#unexpected += 1
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

/** The summary for a reader. */
export function tellSummary({
  sent,
  statuses,
  failures,
  latencyMs,
  seconds,
}: LoadSummary): readonly string[] {
  const pace = seconds > 0 ? `, ${Math.round(sent / seconds)} a second` : ''
  return [
    `${sent} ${sent === 1 ? 'delivery' : 'deliveries'} in ${seconds} s${pace}`,
    ...Object.entries(statuses).map(([status, count]) => `  ${status}: ${count}`),
    ...Object.entries(failures).map(([failure, count]) => `  no answer, ${failure}: ${count}`),
    ...(latencyMs
      ? [
          `  latency: half within ${latencyMs.p50} ms, 95 % within ${latencyMs.p95} ms, 99 % within ${latencyMs.p99} ms, all within ${latencyMs.max} ms`,
        ]
      : []),
  ]
}
