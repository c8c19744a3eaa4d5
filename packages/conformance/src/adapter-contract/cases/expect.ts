import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Answer } from '@countersign/testing/http'
import type { ContractDelivery } from '../../routes/contract-command.js'
import type { RemoteRoute } from '../remote-route.js'

/** A refusal: its status, and the one reason that the hook was told. Nothing ran. */
export async function expectRefusal(
  route: RemoteRoute,
  answer: Answer,
  { status, code, authentic = false }: { status: number; code: string; authentic?: boolean },
): Promise<void> {
  equal(answer.status, status)
  const log = await route.take()
  const told = log.flatMap((entry) => {
    if (entry.type === 'ran') return ['it ran']
    return entry.type === 'rejected' ? [`${entry.code}, authentic: ${entry.authentic}`] : []
  })
  deepEqual(told, [`ERR_WEBHOOK_${code}, authentic: ${authentic}`])
}

/** Exactly one delivery reached the user's code since the last time. */
export async function takeOnlyRun(route: RemoteRoute): Promise<ContractDelivery> {
  const runs = await route.takeRuns()
  const [run] = runs
  ok(run && runs.length === 1, `the handler ran ${runs.length} times, not once`)
  return run
}

/** The sender is asked to come again, and told when. */
export function expectRetryLater({ status, headers }: Answer): void {
  equal(status, 503)
  const seconds = headers.get('retry-after') ?? ''
  ok(/^[1-9]\d*$/.test(seconds), `Retry-After is "${seconds}", not a number of seconds`)
}

/** It was handled before, and is not handled again. */
export function expectDuplicate({ status, body }: Answer): void {
  deepEqual([status, body], [200, '{"status":"duplicate"}'])
}
