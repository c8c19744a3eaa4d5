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

/** What a delivery is recognised by. */
export interface DeliveryKeys {
  /** What deduplicates; undefined where the sender gives nothing unique and signs no time. */
  readonly idempotencyKey: string | undefined
  /**
   * The signed content as a key, where a time is signed and the idempotency key does not hold signed parts alone: whatever
   * is not signed around the same signed bytes, they are a replay.
   */
  readonly replayKey: string | undefined
}

/** Longer keys are replaced by their digest, so that a sender's long id cannot fill a store. */
const maxKeyLength = 512

/**
 * The keys that deduplicate. The idempotency key holds what was signed, or else the unsigned id beside the digest of what was
 * signed; and every unsigned header that reaches the handler, so that a captured request replayed under another one cannot
 * pass for the real event. Under a digest alone, two equal bodies are one event, whatever headers are around them. A JSON
 * array is the same text only for the same parts.
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
  // JSON is what nearly every delivery is; only another reading is named.
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
