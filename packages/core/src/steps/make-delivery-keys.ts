import { digestText } from '#crypto'
import { type KeySource, writeKeySource } from '../dedupe/write-key-source.js'
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
  identity: DeliveryIdentity,
  parsed: ParsedPayload | undefined,
  signed: SignedDelivery,
  settings: VerificationSettings,
): MaybePromise<DeliveryKeys> {
  const isTimed = settings.scheme.timestamp !== undefined || signed.headerTime !== undefined
  const isReplayable = settings.parse && isTimed && !isSignedWhole(identity)
  const needsDigest = isReplayable || identity.dedupeBy?.withDigest === true
  if (!needsDigest && !identity.dedupeBy) return { idempotencyKey: undefined, replayKey: undefined }
  const source = writeKeySource(signed, settings)
  const digest = needsDigest ? digestText(signed.proved?.signed ?? signed.rawBody) : undefined
  if (!isPromise(source) && !isPromise(digest)) return keysOf(source, digest)
  return Promise.all([source, digest]).then(([from, text]) => keysOf(from, text))

  function keysOf(from: KeySource, text: string | undefined): MaybePromise<DeliveryKeys> {
    const replayKey = isReplayable ? shorten(writeReplayKey(from, text, signed, settings)) : undefined
    const idempotencyKey = identity.dedupeBy ? shorten(writeKey(from, text, identity, parsed)) : replayKey
    if (!isPromise(replayKey) && !isPromise(idempotencyKey)) return { idempotencyKey, replayKey }
    return Promise.all([idempotencyKey, replayKey]).then(([key, replay]) => ({
      idempotencyKey: key,
      replayKey: replay,
    }))
  }
}

/** The same signed bytes always have the same key. */
function isSignedWhole({ dedupeBy, unsigned }: DeliveryIdentity): boolean {
  if (!dedupeBy || dedupeBy.kind === 'header') return false
  return (
    dedupeBy.kind === 'digest' ||
    (unsigned.event === undefined && Object.keys(unsigned.attributes).length === 0)
  )
}

function writeKey(
  source: KeySource,
  digest: string | undefined,
  { dedupeBy, configuredEvent, unsigned }: DeliveryIdentity,
  parsed: ParsedPayload | undefined,
): string {
  const { event, attributes } = dedupeBy?.kind === 'digest' ? { event: undefined, attributes: {} } : unsigned
  const identity = `${quote(dedupeBy?.kind)},${quote(dedupeBy?.value)},${quote(dedupeBy?.withDigest ? digest : undefined)}`
  // Nearly every delivery is JSON; only other formats are part of the key.
  const reading = parsed === undefined || parsed.reading === 'json' ? '' : `,${quote(parsed.reading)}`
  return `[${source},${identity},${quote(configuredEvent ?? event)},${JSON.stringify(attributes)}${reading}]`
}

function writeReplayKey(
  source: KeySource,
  digest: string | undefined,
  { method, headerTime, names }: SignedDelivery,
  { scheme: { template } }: VerificationSettings,
): string {
  const values = { method, timestamp: headerTime?.text ?? '', id: names.id ?? '' }
  const [before, after] = [fillTemplate(template.before, values), fillTemplate(template.after, values)]
  return `[${source},"replay",${quote(before)},${quote(digest)},${quote(after)}]`
}

function shorten(key: string): MaybePromise<string> {
  return key.length <= maxKeyLength ? key : digestText(encodeUtf8(key))
}

function quote(text: string | undefined): string {
  return text === undefined ? 'null' : JSON.stringify(text)
}
