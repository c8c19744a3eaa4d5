import type { LoadSummary } from './load-summary.js'

/** The summary as lines: how many, how fast, statuses, failures, latency. */
export function formatLoadSummary(summary: LoadSummary): readonly string[] {
  const { sent, statuses, failures, latencyMs, seconds } = summary
  const pace = seconds > 0 ? `, ${Math.round(sent / seconds)} per second` : ''
  return [
    `${sent} ${sent === 1 ? 'delivery' : 'deliveries'} in ${seconds} s${pace}`,
    ...Object.entries(statuses).map(([status, count]) => `  ${status}: ${count}`),
    ...Object.entries(failures).map(([failure, count]) => `  no answer, ${failure}: ${count}`),
    ...(latencyMs
      ? [
          `  latency: p50 ${latencyMs.p50} ms, p95 ${latencyMs.p95} ms, p99 ${latencyMs.p99} ms, max ${latencyMs.max} ms`,
        ]
      : []),
  ]
}
