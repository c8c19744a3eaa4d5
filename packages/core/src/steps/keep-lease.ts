import { callStore } from '../call-store.js'
import { type DedupeStoreError, WebhookHandlerError } from '../errors.js'
import type { ReceiverSettings } from '../receiver-settings.js'
import type { Claim } from './claim-delivery.js'

/** A lease that is being renewed. */
export interface KeptLease {
  /** Aborted when the lease is lost, and only then. */
  readonly signal: AbortSignal
  readonly stop: () => void
}

/**
 * Renews a claim's lease while its handler runs: three times a lease, and for `maxHandlerMs` at the most, so that
 * a handler that never ends does not keep its event for ever.
 */
export function keepLease(
  claim: Claim,
  settings: ReceiverSettings,
  onStoreError: (error: DedupeStoreError) => void,
): KeptLease {
  const { store, leaseMs, maxHandlerMs, verification } = settings
  const { clock } = verification
  const controller = new AbortController()
  const startedAt = clock.monotonic()
  let { leaseEnd } = claim
  let cancel = () => {}
  let stopped = false

  const stop = () => {
    stopped = true
    cancel()
  }
  const lose = () => {
    stop()
    controller.abort(
      new WebhookHandlerError(
        'ERR_WEBHOOK_LEASE_LOST',
        'The lease ended: another attempt may run beside this one.',
      ),
    )
  }
  const schedule = () => {
    const left = leaseEnd - clock.monotonic()
    if (left <= 0) return lose()
    cancel = clock.setTimer(renew, Math.min(left, leaseMs / 3))
  }
  const renew = async () => {
    const before = clock.monotonic()
    if (before - startedAt >= maxHandlerMs || before >= leaseEnd) return schedule()
    try {
      const request = { key: claim.key, token: claim.token, leaseMs }
      const isOurs = await callStore('extend', () => store.extend(request), settings)
      if (stopped) return
      if (!isOurs) return lose()
      leaseEnd = before + leaseMs
    } catch (error) {
      onStoreError(error as DedupeStoreError)
    }
    if (!stopped) schedule()
  }
  schedule()
  return { signal: controller.signal, stop }
}
