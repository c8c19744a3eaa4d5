import { type SignedRequest, sendRequest } from '@countersign/testing'
import { type AttemptResult, toAttemptResult } from './attempt-result.js'
import type { SendJob } from './send-job.js'

/** Sends one request. Rejects only after Ctrl-C; a failed connection is a result. */
export async function sendAttempt(
  request: SignedRequest,
  { timeoutMs, terminal }: SendJob,
): Promise<AttemptResult> {
  const signal = terminal.parts.interrupted
  const start = performance.now()
  const durationMs = () => performance.now() - start
  try {
    const response = await sendRequest(request, { timeoutMs, signal })
    return toAttemptResult({ response, error: undefined, durationMs: durationMs() })
  } catch (error) {
    if (signal.aborted) throw error
    return toAttemptResult({ response: undefined, error: error as Error, durationMs: durationMs() })
  }
}
