import { createPendingBytes } from '../body/pending-bytes.js'
import { createPendingCompletions, type PendingCompletions } from '../dedupe/pending-completions.js'
import { registerEndpoint } from '../dedupe/register-endpoint.js'
import { WebhookConfigurationError } from '../errors.js'
import { createReceiverLog, type ReceiverLog } from '../log/create-receiver-log.js'
import { memoryStore } from '../memory-store/memory-store.js'
import type { ReceiverHooks, ReceiverOptions } from '../options.js'
import { retryHorizonMs } from '../schemes/retry-horizon.js'
import type { SchemeDescriptor, Tolerance, WebhookEvent } from '../schemes/scheme-descriptor.js'
import type { StandardSchemaV1 } from '../standard-schema.js'
import type { DedupeStore } from '../stores/dedupe-store.js'
import type { BodyLimits } from '../types.js'
import { checkHandledEvents } from './check-handled-events.js'
import { checkReceiverOptions, hookNames } from './check-options.js'
import { isDevelopment, readNodeEnv } from './host-process.js'
import { refuseOption } from './refuse-option.js'
import {
  requireDuration,
  requirePositive,
  resolveVerificationSettings,
  type VerificationSettings,
} from './verification-settings.js'

/** The checked options of a receiver. They never change. */
export interface ReceiverSettings extends ReceiverLog {
  readonly verification: VerificationSettings
  readonly store: DedupeStore
  readonly schema: StandardSchemaV1 | undefined
  readonly events: ReadonlySet<string> | undefined
  readonly leaseMs: number
  readonly maxHandlerMs: number
  readonly retentionMs: number
  /** How long a replay of a signed timestamp would be accepted, in milliseconds; 0 if no timestamp is ever signed. */
  readonly acceptanceMs: number
  readonly storeTimeoutMs: number
  readonly hold: boolean
  /** A response of a timeout (408, 503, 504) does not release the claim; it ends with its lease. */
  readonly keepsLeaseOnTimeout: boolean
  readonly runWithoutStore: boolean
  readonly inProgressStatus: 503 | 409
  readonly conflictStatus: 200 | 409
  readonly exhaustAfter: number | undefined
  readonly exposeReason: boolean
  /** Whether the cause of a refusal is searched and logged; never outside development. */
  readonly explains: boolean
  /** Warns about a delivery without an id; undefined if the scheme has none. */
  readonly onUnidentified: ((event: string | undefined, isReplayKnown: boolean) => void) | undefined
  readonly hooks: ReceiverHooks
  /** Completions that the store has not written yet. */
  readonly pending: PendingCompletions
}

const minute = 60_000
const minimalPendingBytes = 64 * 1024 * 1024
const minimalRetentionMs = 3 * 24 * 60 * minute

/** @throws WebhookConfigurationError naming the option and the fix */
export function resolveReceiverSettings(
  options: ReceiverOptions<WebhookEvent, StandardSchemaV1 | undefined>,
): ReceiverSettings {
  checkReceiverOptions(options)
  const { log, report, warn } = createReceiverLog(options)
  const settled = resolveVerificationSettings(options, warn)
  const maxPendingBytes = resolveMaxPendingBytes(options.maxPendingBytes, settled.limits)
  const verification = { ...settled, pendingBytes: createPendingBytes(maxPendingBytes) }
  const { descriptor, timestamp, verifier } = verification.scheme
  const acceptanceMs = timestamp || verifier ? computeAcceptanceMs(verification.toleranceMs) : 0
  const retentionMs = resolveRetentionMs(options.retentionMs, acceptanceMs, descriptor, warn)
  const leaseMs = requireDuration('leaseMs', options.leaseMs ?? 30_000)
  checkLease(leaseMs, descriptor)
  const store = options.store ?? memoryStore({ now: () => verification.clock.monotonic() })
  if (typeof store.claim !== 'function')
    refuseOption('store must be a dedupe store, as in store: memoryStore()')
  const settings: ReceiverSettings = {
    verification,
    store,
    schema: options.schema,
    events: checkHandledEvents(options.events, descriptor, warn),
    leaseMs,
    maxHandlerMs: resolveMaxHandlerMs(options.maxHandlerMs, leaseMs, descriptor, warn),
    retentionMs,
    acceptanceMs,
    storeTimeoutMs: requireDuration('storeTimeoutMs', options.storeTimeoutMs ?? 2_000),
    hold: oneOf('onExpiredLease', options.onExpiredLease ?? 'retry', ['retry', 'hold']) === 'hold',
    keepsLeaseOnTimeout:
      oneOf('onTimeoutAnswer', options.onTimeoutAnswer ?? 'release', ['release', 'keep-lease']) ===
      'keep-lease',
    runWithoutStore: oneOf('onStoreDown', options.onStoreDown ?? 'refuse', ['refuse', 'run']) === 'run',
    inProgressStatus: oneOf('inProgressStatus', options.inProgressStatus ?? 503, [503, 409]),
    conflictStatus: oneOf('conflictStatus', options.conflictStatus ?? 200, [200, 409]),
    exhaustAfter: resolveExhaustAfter(options.exhaustAfter, descriptor),
    exposeReason: options.exposeReason === true,
    explains: resolveExplain(options.explain, warn),
    onUnidentified: hasIdentity(descriptor)
      ? (event, isReplayKnown) => {
          if (!descriptor.handshakes?.includes(event ?? ''))
            warn(unidentifiedWarning(descriptor, isReplayKnown))
        }
      : undefined,
    hooks: pickHooks(options),
    pending: createPendingCompletions(verification.clock),
    log,
    warn,
    report,
  }
  // Last, so that a receiver that failed to be created does not take the name.
  registerEndpoint(store, options.endpoint, warn)
  return settings
}

function resolveMaxPendingBytes(chosen: number | undefined, { maxBodyBytes }: BodyLimits): number {
  const maxPendingBytes = requirePositive(
    'maxPendingBytes',
    chosen ?? Math.max(minimalPendingBytes, 2 * maxBodyBytes),
  )
  if (maxPendingBytes >= maxBodyBytes) return maxPendingBytes
  return refuseOption(
    `maxPendingBytes must be at least maxBodyBytes (${maxBodyBytes}), or a body of that size could never be received`,
  )
}

/** A replay can be accepted during the whole window; one minute is added because clocks of processes differ. */
function computeAcceptanceMs({ past, future }: Tolerance): number {
  return past + future + minute
}

function resolveRetentionMs(
  chosen: number | undefined,
  acceptanceMs: number,
  scheme: SchemeDescriptor,
  warn: (message: string) => void,
): number {
  const retriesMs = retryHorizonMs(scheme)
  if (chosen === undefined) return Math.max(minimalRetentionMs, acceptanceMs, retriesMs + acceptanceMs)
  const retentionMs = requirePositive('retentionMs', chosen)
  if (retentionMs < acceptanceMs) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_RETENTION_TOO_SHORT',
      `retentionMs must be at least ${acceptanceMs} (both sides of the tolerance and a minute), or one delivery could be accepted twice.`,
    )
  }
  if (retentionMs < retriesMs) {
    warn(
      `retentionMs is shorter than the ${retriesMs} ms over which "${scheme.name}" retries; a late retry would run again.`,
    )
  }
  return retentionMs
}

/** Otherwise the claim of a crashed attempt is still live at the sender's last retry, and the event is lost. */
function checkLease(leaseMs: number, scheme: SchemeDescriptor): void {
  const lastRetryMs = retryHorizonMs(scheme)
  if (lastRetryMs > 0 && leaseMs >= lastRetryMs) {
    refuseOption(
      `leaseMs must be shorter than the ${lastRetryMs} ms after which "${scheme.name}" makes its last attempt`,
    )
  }
}

/** A handler that never ends must lose its claim while the sender still retries. */
function resolveMaxHandlerMs(
  chosen: number | undefined,
  leaseMs: number,
  scheme: SchemeDescriptor,
  warn: (message: string) => void,
): number {
  const lastRetryMs = retryHorizonMs(scheme)
  if (chosen === undefined) {
    // The lease is shorter than that, as checked before. The margin of one lease covers differences of clocks and store latency.
    return lastRetryMs === 0 ? 15 * minute : Math.min(15 * minute, Math.max(leaseMs, lastRetryMs - leaseMs))
  }
  const maxHandlerMs = requirePositive('maxHandlerMs', chosen)
  if (lastRetryMs > 0 && maxHandlerMs >= lastRetryMs) {
    warn(
      `maxHandlerMs is not shorter than the ${lastRetryMs} ms after which "${scheme.name}" makes its last attempt; an event whose handler never ends would be lost.`,
    )
  }
  return maxHandlerMs
}

function resolveExhaustAfter(
  chosen: number | false | undefined,
  { disablesAfter }: SchemeDescriptor,
): number | undefined {
  if (chosen === false) return undefined
  if (chosen === undefined) return disablesAfter === undefined ? undefined : Math.max(1, disablesAfter - 1)
  if (!Number.isSafeInteger(chosen) || chosen < 1)
    refuseOption('exhaustAfter must be a whole number above 0, or false')
  return chosen
}

function hasIdentity({ identity, eventId, deliveryId, bodyDigest, signature }: SchemeDescriptor): boolean {
  if (identity === 'none') return false
  return signature.algorithm === 'custom' || (identity ?? eventId ?? deliveryId ?? bodyDigest) !== undefined
}

function unidentifiedWarning({ name, signature }: SchemeDescriptor, isReplayKnown: boolean): string {
  const consequence = isReplayKnown
    ? 'Only a copy of the same signed bytes is recognised, and only while their timestamp is accepted'
    : 'It was handled as new, and a repetition would be handled again'
  const remedy =
    signature.algorithm === 'custom'
      ? 'Have verify return an id, or name a field of the payload with eventId, or set the option identity to "none"'
      : `Name a field of the sender's with the scheme's option identity, or set it to "none"`
  return `A delivery of "${name}" has nothing that identifies it. ${consequence}. ${remedy}.`
}

function oneOf<const T>(option: string, value: T, allowed: readonly T[]): T {
  return allowed.includes(value) ? value : refuseOption(`${option} must be one of ${allowed.join(', ')}`)
}

function pickHooks(options: ReceiverHooks): ReceiverHooks {
  const given = hookNames.map((name) => [name, options[name]] as const)
  return Object.fromEntries(given.filter(([, hook]) => hook !== undefined))
}

/** Outside development it is off, with a warning, so that no developer waits for lines that never appear. */
function resolveExplain(chosen: boolean | undefined, warn: (message: string) => void): boolean {
  if (chosen !== true || isDevelopment()) return chosen === true
  const environment = readNodeEnv()
  const found = environment === undefined ? 'is not set' : `is "${environment}"`
  warn(
    `explain: true is off, since NODE_ENV ${found}: it works where NODE_ENV is "development". Set that while you develop, or leave explain out.`,
  )
  return false
}
