import { digestsAtOnce, digestText } from '#crypto'
import type { KeySource } from '../dedupe/join-source.js'
import { writeKeySource } from '../dedupe/write-key-source.js'
import { quoteText } from '../encoding/quote-text.js'
import { encodeUtf8 } from '../encoding/utf8.js'
import type { MaybePromise } from '../promises/maybe-promise.js'
import { isPromise } from '../promises/maybe-promise.js'
import { fillTemplate } from '../schemes/template.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { DeliveryIdentity } from './identify-delivery.js'
import type { ParsedPayload } from './parse-payload.js'
import type { SignedDelivery } from './verify-signature.js'

/** The keys by which a delivery is recognised. */
export interface DeliveryKeys {
  /** The key for deduplication; undefined if the sender sends nothing unique and signs no timestamp. */
  readonly idempotencyKey: string | undefined
  /**
   * The signed content as a key, if a timestamp is signed and the idempotency key contains unsigned parts: the same signed
   * bytes with other unsigned headers are a replay.
   */
  readonly replayKey: string | undefined
  /** The SHA-256 of the body, if a key needed it; the claim's fingerprint is the same. */
  readonly bodyDigest: string | undefined
}

/** What the keys are made from. */
export interface KeySubject {
  readonly identity: DeliveryIdentity
  readonly parsed: ParsedPayload | undefined
  readonly signed: SignedDelivery
}

/** Longer keys are replaced by their digest, so that long ids cannot fill a store. */
const maxKeyLength = 512

/**
 * Makes the keys for deduplication. The idempotency key contains the signed id, or else the unsigned id with the digest of the
 * signed content, and every unsigned header that reaches the handler: a captured request that is replayed with another header
 * must not block the real event. If the digest alone identifies the event, equal bodies are one event regardless of headers. Keys
 * are JSON arrays, so that different parts never make the same text.
 */
export function makeDeliveryKeys(
  subject: KeySubject,
  settings: VerificationSettings,
): MaybePromise<DeliveryKeys> {
  const { identity, signed } = subject
  const withDigest = needsDigest(subject, settings)
  if (!withDigest && !identity.dedupeBy) return noKeys
  const source = writeKeySource(signed, settings)
  const digest = withDigest ? digestText(signed.proved?.signed ?? signed.rawBody) : undefined
  if (!isPromise(source) && !isPromise(digest)) return writeKeys(subject, source, digest, settings)
  return Promise.all([source, digest]).then(([from, text]) => writeKeys(subject, from, text, settings))
}

const noKeys: DeliveryKeys = { idempotencyKey: undefined, replayKey: undefined, bodyDigest: undefined }

/**
 * Whether making the keys can wait until one is read: a caller of `verify` that does not deduplicate would pay for a second digest
 * of the body, which takes as long as verifying it.
 */
export function canMakeKeysLater(subject: KeySubject, settings: VerificationSettings): boolean {
  return digestsAtOnce && needsDigest(subject, settings)
}

/** Whether a key holds the digest of the signed content. */
function needsDigest({ identity, signed }: KeySubject, settings: VerificationSettings): boolean {
  return identity.dedupeBy?.withDigest === true || isReplayable(identity, signed, settings)
}

function isReplayable(
  identity: DeliveryIdentity,
  { headerTime }: SignedDelivery,
  { parse, scheme }: VerificationSettings,
): boolean {
  const isTimed = scheme.timestamp !== undefined || headerTime !== undefined
  return parse && isTimed && !isSignedWhole(identity)
}

function writeKeys(
  { identity, parsed, signed }: KeySubject,
  source: KeySource,
  digest: string | undefined,
  settings: VerificationSettings,
): MaybePromise<DeliveryKeys> {
  const replay = isReplayable(identity, signed, settings)
    ? shorten(writeReplayKey(source, digest, signed, settings))
    : undefined
  const key = identity.dedupeBy ? shorten(writeKey(source, digest, identity, parsed)) : replay
  const bodyDigest = signed.proved ? undefined : digest
  if (!isPromise(replay) && !isPromise(key)) return { idempotencyKey: key, replayKey: replay, bodyDigest }
  return Promise.all([key, replay]).then(([idempotencyKey, replayKey]) => ({
    idempotencyKey,
    replayKey,
    bodyDigest,
  }))
}

/** The same signed bytes always have the same key. */
function isSignedWhole({ dedupeBy, unsigned }: DeliveryIdentity): boolean {
  if (!dedupeBy || dedupeBy.kind === 'header') return false
  return dedupeBy.kind === 'digest' || (unsigned.event === undefined && isEmpty(unsigned.attributes))
}

function isEmpty(attributes: Readonly<Record<string, string>>): boolean {
  return Object.keys(attributes).length === 0
}

function writeKey(
  source: KeySource,
  digest: string | undefined,
  { dedupeBy, configuredEvent, unsigned }: DeliveryIdentity,
  parsed: ParsedPayload | undefined,
): string {
  const { event, attributes } = dedupeBy?.kind === 'digest' ? { event: undefined, attributes: {} } : unsigned
  const identity = `${quoteText(dedupeBy?.kind)},${quoteText(dedupeBy?.value)},${quoteText(dedupeBy?.withDigest ? digest : undefined)}`
  // Nearly every delivery is JSON; only other formats are part of the key.
  const reading = parsed === undefined || parsed.reading === 'json' ? '' : `,${quoteText(parsed.reading)}`
  return `[${source},${identity},${quoteText(configuredEvent ?? event)},${isEmpty(attributes) ? '{}' : JSON.stringify(attributes)}${reading}]`
}

function writeReplayKey(
  source: KeySource,
  digest: string | undefined,
  { method, headerTime, names }: SignedDelivery,
  { scheme: { template } }: VerificationSettings,
): string {
  const values = { method, timestamp: headerTime?.text ?? '', id: names.id ?? '' }
  const [before, after] = [fillTemplate(template.before, values), fillTemplate(template.after, values)]
  return `[${source},"replay",${quoteText(before)},${quoteText(digest)},${quoteText(after)}]`
}

function shorten(key: string): MaybePromise<string> {
  return key.length <= maxKeyLength ? key : digestText(encodeUtf8(key))
}
