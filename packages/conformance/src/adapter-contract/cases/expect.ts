import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Answer } from '@countersign/testing/http'
import type { ContractDelivery } from '../../routes/contract-command.js'
import type { RemoteRoute } from '../remote-route.js'

/** Expects a refusal: its status, one call of the hook with this code, and no run of the handler. */
export async function expectRefusal(
  route: RemoteRoute,
  answer: Answer,
  { status, code, authentic = false }: { status: number; code: string; authentic?: boolean },
): Promise<void> {
  equal(answer.status, status)
  const log = await route.take()
  const events = log.flatMap((entry) => {
    if (entry.type === 'ran') return ['it ran']
    return entry.type === 'rejected' ? [`${entry.code}, authentic: ${entry.authentic}`] : []
  })
  deepEqual(events, [`ERR_WEBHOOK_${code}, authentic: ${authentic}`])
}

/** Expects exactly one delivery to have reached the user's code since the last call. */
export async function takeOnlyRun(route: RemoteRoute): Promise<ContractDelivery> {
  const runs = await route.takeRuns()
  const [run] = runs
  ok(run && runs.length === 1, `the handler ran ${runs.length} times, not once`)
  return run
}

/** Expects the sender to be asked to retry, with the time to wait. */
export function expectRetryLater({ status, headers }: Answer): void {
  equal(status, 503)
  const seconds = headers.get('retry-after') ?? ''
  ok(/^[1-9]\d*$/.test(seconds), `Retry-After is "${seconds}", not a number of seconds`)
}

/** Expects the answer to a delivery that was handled before. */
export function expectDuplicate({ status, body }: Answer): void {
  deepEqual([status, body], [200, '{"status":"duplicate"}'])
}
