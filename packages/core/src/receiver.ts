import { type DeferredCompletion, deferCompletion } from './dedupe/deferred-completion.js'
import { guardStore } from './dedupe/guard-store.js'
import { type DedupeStoreError, isWebhookError, WebhookHandlerError } from './errors.js'
import { explainRefusals } from './explain/explain-refusals.js'
import type { EventOf, ReceiverOptions } from './options.js'
import { markAccepted, refuseAlreadyAccepted } from './outcomes/accepted-requests.js'
import { refuseRequest, refuseUnexpected } from './outcomes/refuse-request.js'
import { RequestContext } from './outcomes/request-context.js'
import { settleByResponse } from './outcomes/settle-by-result.js'
import { callSafely } from './promises/call-safely.js'
import { isPromise, type MaybePromise } from './promises/maybe-promise.js'
import { runSteps, type Steps } from './promises/run-steps.js'
import type { WebhookEvent } from './schemes/scheme-descriptor.js'
import { checkHandler } from './settings/check-handler.js'
import { type ReceiverSettings, resolveReceiverSettings } from './settings/receiver-settings.js'
import type { VerificationSettings } from './settings/verification-settings.js'
import type { StandardSchemaV1 } from './standard-schema.js'
import { acknowledgeClaim } from './steps/acknowledge-claim.js'
import { addHandling } from './steps/build-delivery.js'
import { type Claim, type Claimed, claimDelivery } from './steps/claim-delivery.js'
import { type LeaseRenewal, renewLease } from './steps/renew-lease.js'
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
 * Creates a receiver for one endpoint. It verifies the sender, refuses stale deliveries, runs the handler once per event,
 * and loses no event when something fails.
 *
 * @throws WebhookConfigurationError if an option is wrong, with its name and the fix
 *
 * @example
 * const receiver = createReceiver({ endpoint: 'tickets', scheme: visibuild(), secret: process.env.VISIBUILD_SECRET })
 *
 * export async function respond(request: WebhookRequest): Promise<WebhookResponse> {
 *   const { response } = await receiver.receive(request, async ({ event, payload }) => console.log(event, payload))
 *   return response
 * }
 */
export function createReceiver<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(options: ReceiverOptions<TEvent, TSchema>): Receiver<EventOf<TEvent, TSchema>> {
  const settings = resolveSettings(options)
  const { verification, schema } = settings

  const accept = explainRefusals(acceptSafely, settings)

  /** An unexpected error, such as a request that is not an object, must become an outcome and not an unhandled rejection. */
  async function acceptSafely(request: WebhookRequest, verifying: VerificationSettings): Promise<Acceptance> {
    try {
      const accepting = runSteps(acceptRequest(request, verifying))
      return isPromise(accepting) ? await accepting : accepting
    } catch (cause) {
      return refuseUnexpected(cause, settings)
    }
  }

  function* acceptRequest(request: WebhookRequest, verifying: VerificationSettings): Steps<Acceptance> {
    const context = new RequestContext(request, settings)
    let signed: SignedDelivery | undefined
    let verified: Verified
    try {
      // A broken clock throws its own error here.
      if (Number.isNaN(context.receivedAt)) verification.clock.now()
      refuseAlreadyAccepted(request, options.endpoint ?? verifying.scheme.descriptor.name)
      const onAuthentic = (authentic: SignedDelivery) => {
        signed = authentic
        context.redact(authentic.secret)
      }
      const onRead = () => context.noteBodyRead()
      verified = yield* verifyRequest(request, verifying, { schema, onAuthentic, onRead })
    } catch (error) {
      return yield refuseRequest(error, signed, context, settings)
    }
    const { delivery, keys, attemptedAt } = verified
    const replayKey = keys?.replayKey
    void context.notify('onVerified', { delivery })
    if (settings.events && !settings.events.has(delivery.event ?? '')) {
      void context.notify('onIgnored', { delivery })
      return context.decline({ type: 'ignored', delivery })
    }
    const { idempotencyKey: key } = delivery
    if (key === undefined || key === replayKey) settings.onUnidentified?.(delivery.event, key !== undefined)
    if (key === undefined) return startHandling({ delivery, claim: undefined, context, claiming: settings })
    const claiming =
      replayKey === undefined || replayKey === key ? settings : guardReplays(replayKey, settings)
    const retentionMs = key === replayKey ? settings.acceptanceMs : settings.retentionMs
    let claimed: Claimed
    try {
      const { rawBody, event } = delivery
      const subject = { key, retentionMs, rawBody, bodyDigest: keys?.bodyDigest, attemptedAt, event }
      claimed = yield* claimDelivery(subject, claiming)
    } catch (error) {
      const outcome = settings.runWithoutStore ? undefined : 'unavailable'
      void context.notify('onStoreError', { delivery, error: error as DedupeStoreError, outcome })
      if (settings.runWithoutStore) return startHandling({ delivery, claim: undefined, context, claiming })
      return context.decline({ type: 'unavailable', error: error as DedupeStoreError })
    }
    if (claimed.state === 'claimed')
      return startHandling({ delivery, claim: claimed.claim, context, claiming })
    return yield answerUnclaimed(claimed, delivery, context, settings)
  }

  function startHandling({ delivery: verified, claim, context, claiming }: PendingHandling): Acceptance {
    markAccepted(context.request)
    const { respondWithin } = verification.scheme.descriptor
    const lease =
      claim &&
      renewLease(claim, claiming, {
        onStoreError: (error) => void context.notify('onStoreError', { delivery, error }),
        onOverdue: (error) => void context.notify('onFailed', { delivery, attempt, error }),
      })
    const completion = deferCompletion(claim, claiming)
    const attempt = claim?.attempts ?? 1
    const deadline = respondWithin === undefined ? undefined : context.receivedAt + respondWithin * 1000
    const { completeIn, defer } = completion
    const handling = { attempt, deadline, completeIn, defer }
    const delivery: Delivery = addHandling(verified, handling, lease ?? new AbortController())
    const isLast =
      claim !== undefined && settings.exhaustAfter !== undefined && attempt >= settings.exhaustAfter
    let outcome: MaybePromise<Outcome> | undefined
    return {
      accepted: true,
      delivery,
      isLastAttempt: isLast,
      isCompletionDeferred: () => completion.isDeferred,
      settle(end) {
        outcome ??= settle({ delivery, claim, lease, completion, context, claiming }, end)
        return outcome
      },
    }
  }

  function settle(handling: Handling, end: HandlerEnd): MaybePromise<Outcome> {
    const work = handling.completion.close()
    if (!work) return runSteps(finish(handling, end))
    if (end.ok) return answerEarly(work, handling)
    // A retry must not run while the deferred work still does.
    return work.then(() => runSteps(finish(handling, end)))
  }

  /** Responds as soon as the claim is acked; the claim is settled when the deferred work has ended. */
  async function answerEarly(work: Promise<HandlerEnd>, handling: Handling): Promise<Outcome> {
    const { delivery, claim, completion, context, claiming } = handling
    const acknowledged = acknowledgeClaim(claim, completion.isInTransaction, claiming)
    const finished = acknowledged.then(async (error) =>
      runSteps(finish(handling, await work, error === undefined)),
    )
    callSafely(() => context.request.waitUntil?.(finished))
    const error = await acknowledged
    if (!error) return context.buildOutcome({ type: 'accepted', delivery })
    const type = error.name === 'DedupeStoreError' ? 'unavailable' : 'handler-failed'
    void context.notify('onStoreError', { delivery, error, outcome: type })
    return context.buildOutcome({ type, delivery, error })
  }

  function* finish(handling: Handling, end: HandlerEnd, isAcked = false): Steps<Outcome> {
    const { delivery, claim, lease, completion, context, claiming } = handling
    const { isInTransaction } = completion
    // A slow completion must not look like a lost lease.
    lease?.stop()
    const ended = { claim, end, leaseEnd: lease?.end(), isInTransaction, isAcked }
    const { type, error, storeError } = yield* settleClaim(ended, claiming)
    const facts = { delivery, attempt: delivery.attempt, error, outcome: type }
    if (storeError) void context.notify('onStoreError', { ...facts, error: storeError as DedupeStoreError })
    if (type === 'processed') {
      void context.notify('onHandled', facts)
      return context.buildOutcome({ type, delivery, result: end.ok ? end.result : undefined })
    }
    void context.notify('onFailed', facts)
    const exhausting = type === 'exhausted' ? context.notify('onExhausted', facts) : undefined
    if (exhausting) yield exhausting
    return context.buildOutcome({ type, delivery, error })
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
    verify: async (request) => {
      const verifying = await runSteps(verifyRequest(request, verification, { schema, mayDelayKey: true }))
      return verifying.delivery as never
    },
    accept: accept as never,
    receive: receive as never,
  }
  return receiver as Receiver<EventOf<TEvent, TSchema>>
}

/**
 * Adds the endpoint's name to configuration errors, since a program may have several, and starts the stack where the
 * receiver is created: the frames of this package do not help the reader.
 */
function resolveSettings(
  options: ReceiverOptions<WebhookEvent, StandardSchemaV1 | undefined>,
): ReceiverSettings {
  try {
    return resolveReceiverSettings(options)
  } catch (error) {
    if (!isWebhookError(error)) throw error
    const endpoint: unknown = options?.endpoint
    if (typeof endpoint === 'string' && endpoint !== '' && !error.message.includes(`"${endpoint}"`))
      error.message = `Endpoint "${endpoint}": ${error.message}`
    Error.captureStackTrace?.(error, createReceiver)
    throw error
  }
}

/** A verified delivery that may be handled. */
interface PendingHandling {
  readonly delivery: VerifiedDelivery
  /** Undefined if nothing identifies the delivery, or the store is down and `onStoreDown` is `run`. */
  readonly claim: Claim | undefined
  readonly context: RequestContext
  /** The settings with the store in which the delivery was claimed. */
  readonly claiming: ReceiverSettings
}

/** A delivery whose handler is running. */
interface Handling extends PendingHandling {
  readonly delivery: Delivery
  readonly lease: LeaseRenewal | undefined
  readonly completion: DeferredCompletion
}

/**
 * Claims the signed content under a second key for as long as its timestamp is accepted. It stops a replay of the same
 * signed bytes under another unsigned id or header, which would have a different delivery key.
 */
function guardReplays(key: string, settings: ReceiverSettings): ReceiverSettings {
  return { ...settings, store: guardStore(settings.store, { key, retentionMs: settings.acceptanceMs }) }
}

/** Responds to a delivery that is completed, being handled, or kept for the operator. */
async function answerUnclaimed(
  claimed: Exclude<Claimed, { state: 'claimed' }>,
  delivery: VerifiedDelivery,
  context: RequestContext,
  settings: ReceiverSettings,
): Promise<Acceptance> {
  const { attempts } = claimed
  const isLast = settings.exhaustAfter !== undefined && attempts >= settings.exhaustAfter
  const facts = { delivery, attempt: attempts }
  switch (claimed.state) {
    case 'completed':
      void context.notify(claimed.sameFingerprint ? 'onDuplicate' : 'onConflict', facts)
      if (claimed.sameFingerprint) return context.decline({ type: 'duplicate', delivery })
      return isLast && settings.conflictStatus !== 200
        ? exhaust()
        : context.decline({ type: 'conflict', delivery })
    case 'failed':
      void context.notify('onDuplicate', facts)
      return context.decline({ type: 'failed-for-good', delivery, error: failedEarlierError() })
    case 'in-progress':
      // Never 2xx, not even on the last attempt: if the running attempt crashes, the event would be lost.
      return context.decline({ type: 'in-progress', delivery, retryAfterMs: claimed.retryAfterMs })
    case 'held':
      void context.notify('onHeld', facts)
      return isLast ? exhaust() : context.decline({ type: 'held', delivery, retryAfterMs: settings.leaseMs })
  }

  async function exhaust(): Promise<Acceptance> {
    await context.notify('onExhausted', facts)
    return context.decline({ type: 'exhausted', delivery, error: undefined })
  }
}

function failedEarlierError(): WebhookHandlerError {
  return new WebhookHandlerError(
    'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD',
    'An earlier attempt failed for good; the event is kept as failed until it is forgotten.',
  )
}
