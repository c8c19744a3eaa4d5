import { type Pledges, takePledges } from './dedupe/deferred-completion.js'
import { guardStore } from './dedupe/guarded-store.js'
import { type DedupeStoreError, isWebhookError, WebhookHandlerError } from './errors.js'
import { explainRefusals } from './explain/explain-refusals.js'
import type { EventOf, ReceiverOptions } from './options.js'
import { markAccepted, refuseAccepted } from './outcomes/accepted-requests.js'
import { refuseRequest, refuseUnforeseen } from './outcomes/refuse-request.js'
import { type Arrival, beginArrival } from './outcomes/request-context.js'
import { settleByResponse } from './outcomes/settle-by-result.js'
import { callSafely } from './promises/call-safely.js'
import type { WebhookEvent } from './schemes/scheme-descriptor.js'
import { checkHandler } from './settings/check-handler.js'
import { type ReceiverSettings, settleReceiver } from './settings/receiver-settings.js'
import type { VerificationSettings } from './settings/verification-settings.js'
import type { StandardSchemaV1 } from './standard-schema.js'
import { acknowledgeClaim } from './steps/acknowledge-claim.js'
import { type Claim, type Claimed, claimDelivery } from './steps/claim-delivery.js'
import { type KeptLease, keepLease } from './steps/renew-lease.js'
import { settleClaim } from './steps/settle-claim.js'
import type { SignedDelivery } from './steps/verify-signature.js'
import type {
  Acceptance,
  Delivery,
  HandlerEnd,
  Outcome,
  Receiver,
  VerifiedDelivery,
  WebhookRequest,
} from './types.js'
import { type Verified, verifyRequest } from './verify.js'

/**
 * Receives the deliveries of one endpoint: proves the sender, refuses what is stale, runs the handler once per
 * event, and loses nothing when something fails.
 *
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix
 *
 * @example
 * const receiver = createReceiver({ endpoint: 'tickets', scheme: visibuild(), secret: process.env.VISIBUILD_SECRET })
 * const { response } = await receiver.receive(request, async ({ event, payload }) => { ... })
 */
export function createReceiver<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(options: ReceiverOptions<TEvent, TSchema>): Receiver<EventOf<TEvent, TSchema>> {
  const settings = settleFor(options)
  const { verification, schema } = settings

  const accept = explainRefusals(acceptSafely, settings)

  /** What nobody foresaw, as a request that is none, has an outcome too. */
  async function acceptSafely(request: WebhookRequest, verifying: VerificationSettings): Promise<Acceptance> {
    try {
      return await acceptRequest(request, verifying)
    } catch (cause) {
      return refuseUnforeseen(cause, settings)
    }
  }

  async function acceptRequest(
    request: WebhookRequest,
    verifying: VerificationSettings,
  ): Promise<Acceptance> {
    const arrival = beginArrival(request, settings)
    let signed: SignedDelivery | undefined
    let verified: Verified
    try {
      // A broken clock refuses by its own error.
      if (Number.isNaN(arrival.arrivedAt)) verification.clock.now()
      refuseAccepted(request, options.endpoint ?? verifying.scheme.descriptor.name)
      const onAuthentic = (authentic: SignedDelivery) => {
        signed = authentic
        arrival.provedBy(authentic.secret)
      }
      verified = await verifyRequest(arrival.request, verifying, { schema, onAuthentic })
    } catch (error) {
      return refuseRequest(error, signed, arrival, settings)
    }
    const { delivery, replayKey, attemptedAt } = verified
    void arrival.tell('onVerified', { delivery })
    if (settings.events && !settings.events.has(delivery.event ?? '')) {
      void arrival.tell('onIgnored', { delivery })
      return arrival.end({ type: 'ignored', delivery })
    }
    const { idempotencyKey: key } = delivery
    if (key === undefined || key === replayKey) settings.onUnidentified?.(delivery.event, key !== undefined)
    if (key === undefined) return handOver({ delivery, claim: undefined, arrival, claiming: settings })
    const claiming =
      replayKey === undefined || replayKey === key ? settings : guardReplays(replayKey, settings)
    const retentionMs = key === replayKey ? settings.acceptanceMs : settings.retentionMs
    let claimed: Claimed
    try {
      const { rawBody, event } = delivery
      claimed = await claimDelivery({ key, retentionMs, rawBody, attemptedAt, event }, claiming)
    } catch (error) {
      const outcome = settings.runWithoutStore ? undefined : 'unavailable'
      void arrival.tell('onStoreError', { delivery, error: error as DedupeStoreError, outcome })
      if (settings.runWithoutStore) return handOver({ delivery, claim: undefined, arrival, claiming })
      return arrival.end({ type: 'unavailable', error: error as DedupeStoreError })
    }
    if (claimed.state === 'claimed') return handOver({ delivery, claim: claimed.claim, arrival, claiming })
    return answerUnclaimed(claimed, delivery, arrival, settings)
  }

  function handOver({ delivery: verified, claim, arrival, claiming }: HandingOver): Acceptance {
    markAccepted(arrival.request)
    const { respondWithin } = verification.scheme.descriptor
    const lease =
      claim &&
      keepLease(claim, claiming, {
        onStoreError: (error) => void arrival.tell('onStoreError', { delivery, error }),
        onOverdue: (error) => void arrival.tell('onFailed', { delivery, attempt, error }),
      })
    const pledges = takePledges(claim, claiming)
    const attempt = claim?.attempts ?? 1
    const delivery: Delivery = Object.assign(verified, {
      attempt,
      signal: lease?.signal ?? new AbortController().signal,
      deadline: respondWithin === undefined ? undefined : arrival.arrivedAt + respondWithin * 1000,
      completeIn: pledges.completeIn,
      defer: pledges.defer,
    })
    const isLast =
      claim !== undefined && settings.exhaustAfter !== undefined && attempt >= settings.exhaustAfter
    let outcome: Promise<Outcome> | undefined
    return {
      accepted: true,
      delivery,
      isLastAttempt: isLast,
      isPledged: () => pledges.isPledged,
      settle(end) {
        outcome ??= settle({ delivery, claim, lease, pledges, arrival, claiming }, end)
        return outcome
      },
    }
  }

  async function settle(handling: Handling, end: HandlerEnd): Promise<Outcome> {
    const work = handling.pledges.close()
    if (!work) return finish(handling, end)
    if (end.ok) return answerBefore(work, handling)
    // A retry must not run beside the work that goes on.
    await work
    return finish(handling, end)
  }

  /** The sender is answered once the claim is acked; the claim is settled when the deferred work has ended. */
  async function answerBefore(work: Promise<HandlerEnd>, handling: Handling): Promise<Outcome> {
    const { delivery, claim, pledges, arrival, claiming } = handling
    const acknowledged = acknowledgeClaim(claim, pledges.isEnlisted, claiming)
    const finished = acknowledged.then(async (error) => finish(handling, await work, error === undefined))
    callSafely(() => arrival.request.waitUntil?.(finished))
    const error = await acknowledged
    if (!error) return arrival.outcome({ type: 'accepted', delivery })
    const type = error.name === 'DedupeStoreError' ? 'unavailable' : 'handler-failed'
    void arrival.tell('onStoreError', { delivery, error, outcome: type })
    return arrival.outcome({ type, delivery, error })
  }

  async function finish(handling: Handling, end: HandlerEnd, isAcked = false): Promise<Outcome> {
    const { delivery, claim, lease, pledges, arrival, claiming } = handling
    const { isEnlisted } = pledges
    // A slow answer to the completion must not look like a lost lease.
    lease?.stop()
    const ended = { claim, end, leaseEnd: lease?.end(), isEnlisted, isAcked }
    const { type, error, storeError } = await settleClaim(ended, claiming)
    const facts = { delivery, attempt: delivery.attempt, error, outcome: type }
    if (storeError) void arrival.tell('onStoreError', { ...facts, error: storeError as DedupeStoreError })
    if (type === 'processed') {
      void arrival.tell('onHandled', facts)
      return arrival.outcome({ type, delivery, result: end.ok ? end.result : undefined })
    }
    void arrival.tell('onFailed', facts)
    if (type === 'exhausted') await arrival.tell('onExhausted', facts)
    return arrival.outcome({ type, delivery, error })
  }

  async function receive(request: WebhookRequest, handler: (delivery: never) => unknown): Promise<Outcome> {
    checkHandler(handler, { caller: receive, options })
    const acceptance = await accept(request)
    if (!acceptance.accepted) return acceptance.outcome
    return settleByResponse(acceptance, handler as never)
  }

  const receiver: Receiver<never> = {
    endpoint: options.endpoint,
    scheme: options.scheme,
    verify: async (request) => (await verifyRequest(request, verification, { schema })).delivery as never,
    accept: accept as never,
    receive: receive as never,
  }
  return receiver as Receiver<EventOf<TEvent, TSchema>>
}

/**
 * Names the endpoint in what is wrong with its options, since a program may have several, and lets the stack begin where the
 * receiver is created: what this package did before it found the fault helps nobody.
 */
function settleFor(options: ReceiverOptions<WebhookEvent, StandardSchemaV1 | undefined>): ReceiverSettings {
  try {
    return settleReceiver(options)
  } catch (error) {
    if (!isWebhookError(error)) throw error
    const endpoint: unknown = options?.endpoint
    if (typeof endpoint === 'string' && endpoint !== '' && !error.message.includes(`"${endpoint}"`))
      error.message = `Endpoint "${endpoint}": ${error.message}`
    Error.captureStackTrace?.(error, createReceiver)
    throw error
  }
}

/** A delivery on its way to its handler. */
interface HandingOver {
  readonly delivery: VerifiedDelivery
  /** Undefined where nothing identifies the delivery, or the store was down. */
  readonly claim: Claim | undefined
  readonly arrival: Arrival
  /** The settings with the store in which it was claimed. */
  readonly claiming: ReceiverSettings
}

/** A delivery whose handler runs. */
interface Handling extends HandingOver {
  readonly delivery: Delivery
  readonly lease: KeptLease | undefined
  readonly pledges: Pledges
}

/** Where unsigned parts are in a delivery's key, its signed content is claimed beside it for as long as it is accepted. */
function guardReplays(key: string, settings: ReceiverSettings): ReceiverSettings {
  return { ...settings, store: guardStore(settings.store, { key, retentionMs: settings.acceptanceMs }) }
}

/** A delivery that is completed, being handled, or kept for the operator. */
async function answerUnclaimed(
  claimed: Exclude<Claimed, { state: 'claimed' }>,
  delivery: VerifiedDelivery,
  arrival: Arrival,
  settings: ReceiverSettings,
): Promise<Acceptance> {
  const { attempts } = claimed
  const isLast = settings.exhaustAfter !== undefined && attempts >= settings.exhaustAfter
  const facts = { delivery, attempt: attempts }
  switch (claimed.state) {
    case 'completed':
      void arrival.tell(claimed.sameFingerprint ? 'onDuplicate' : 'onConflict', facts)
      if (claimed.sameFingerprint) return arrival.end({ type: 'duplicate', delivery })
      return isLast && settings.conflictStatus !== 200
        ? exhaust()
        : arrival.end({ type: 'conflict', delivery })
    case 'failed':
      void arrival.tell('onDuplicate', facts)
      return arrival.end({ type: 'failed-for-good', delivery, error: keptAsFailed() })
    case 'in-progress':
      // Never 2xx, not even on the last attempt: if the one that runs crashes, nothing else would be left of the event.
      return arrival.end({ type: 'in-progress', delivery, retryAfterMs: claimed.retryAfterMs })
    case 'held':
      void arrival.tell('onHeld', facts)
      return isLast ? exhaust() : arrival.end({ type: 'held', delivery, retryAfterMs: settings.leaseMs })
  }

  async function exhaust(): Promise<Acceptance> {
    await arrival.tell('onExhausted', facts)
    return arrival.end({ type: 'exhausted', delivery, error: undefined })
  }
}

function keptAsFailed(): WebhookHandlerError {
  return new WebhookHandlerError(
    'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD',
    'An earlier attempt failed for good; the event is kept as failed until it is forgotten.',
  )
}
