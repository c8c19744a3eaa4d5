import { callStore } from '../dedupe/call-store.js'
import { type DedupeStoreError, WebhookHandlerError } from '../errors.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'
import type { Claim } from './claim-delivery.js'

/** A lease that is being renewed. */
export interface LeaseRenewal {
  /** Aborted when the lease is lost, and only then. Created when it is first read: few handlers read it. */
  readonly signal: AbortSignal
  /** On the clock's monotonic scale. */
  readonly end: () => number
  readonly stop: () => void
}

/** Callbacks while a handler runs. */
export interface LeaseEvents {
  readonly onStoreError: (error: DedupeStoreError) => void
  /** The handler has run for `maxHandlerMs`; the sender's next attempt may run now. */
  readonly onOverdue: (error: WebhookHandlerError) => void
}

/**
 * Renews a claim's lease while its handler runs, three times per lease. The lease never ends after `maxHandlerMs`, so
 * that a handler that never ends does not block its event forever.
 */
export function renewLease(claim: Claim, settings: ReceiverSettings, events: LeaseEvents): LeaseRenewal {
  const { store, leaseMs, maxHandlerMs, verification } = settings
  const { clock } = verification
  const controller = new AbortController()
  const overdueAt = clock.monotonic() + maxHandlerMs
  let { leaseEnd } = claim
  let cancel = () => {}
  let stopped = false

  const stop = () => {
    stopped = true
    cancel()
  }
  const lose = (error: WebhookHandlerError) => {
    stop()
    controller.abort(error)
  }
  const schedule = () => {
    const now = clock.monotonic()
    if (now < leaseEnd) {
      cancel = clock.setTimer(renew, Math.min(leaseEnd - now, leaseMs / 3))
    } else if (now < overdueAt) {
      lose(leaseEnded())
    } else {
      const error = overdue(maxHandlerMs)
      lose(error)
      events.onOverdue(error)
    }
  }
  const renew = async () => {
    const now = clock.monotonic()
    const end = Math.min(now + leaseMs, overdueAt)
    if (now >= leaseEnd || end <= leaseEnd) return schedule()
    try {
      // Stores may require whole milliseconds. Rounded up, so that the store's lease does not end before the one counted here.
      const request = { key: claim.key, token: claim.token, leaseMs: Math.ceil(end - now) }
      const isOurs = await callStore('extend', () => store.extend(request), settings)
      if (stopped) return
      if (!isOurs) return lose(leaseEnded())
      leaseEnd = end
    } catch (error) {
      events.onStoreError(error as DedupeStoreError)
    }
    if (!stopped) schedule()
  }
  schedule()
  return {
    get signal() {
      return controller.signal
    },
    end: () => leaseEnd,
    stop,
  }
}

function leaseEnded(): WebhookHandlerError {
  return new WebhookHandlerError(
    'ERR_WEBHOOK_LEASE_LOST',
    'The lease ended: another attempt may run at the same time.',
  )
}

function overdue(maxHandlerMs: number): WebhookHandlerError {
  return new WebhookHandlerError(
    'ERR_WEBHOOK_HANDLER_TIMEOUT',
    `The handler or the route ran longer than maxHandlerMs (${maxHandlerMs} ms). The sender's next attempt runs; raise maxHandlerMs if the work takes longer.`,
  )
}
