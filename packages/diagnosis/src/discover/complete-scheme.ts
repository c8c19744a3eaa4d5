import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import type { BodyReading } from './body-reading.js'
import type { SchemeCandidate } from './discovery.js'
import { guessBodyTime } from './guess-body-time.js'
import { guessEventType } from './guess-event-type.js'
import { guessDeliveryIds, guessEventId } from './guess-ids.js'
import { isFormBody, readPayload, usualFormField } from './read-payload.js'
import { unknownFields } from './unknown-fields.js'

/** Says whether a descriptor verifies all captures. */
export type Accepts = (scheme: SchemeDescriptor) => Promise<boolean>

type Patch = Partial<SchemeDescriptor>

const usualMaxBodyBytes = 1_048_576

/** What the captures need of a receiver beside the proof, as far as their form shows it. */
export function circumstancesOf(
  { signature }: Pick<SchemeDescriptor, 'signature'>,
  { contentEncoding, plain }: BodyReading,
): Patch {
  const methods = [...new Set(plain.map(({ method }) => method))]
  const largest = Math.max(...plain.map(({ body }) => body.length))
  const isSigned = signature.algorithm !== 'token' && signature.algorithm !== 'basic'
  // No signature over the body proves what stands in the URL.
  const isInUrl = !isSigned && plain.every(({ method, body }) => method === 'GET' && body.length === 0)
  return {
    ...(methods.some((method) => method !== 'POST') && { methods }),
    ...(isInUrl ? { payload: 'query-or-body' as const } : payloadOf(plain)),
    ...(contentEncoding && { contentEncoding }),
    ...(largest > usualMaxBodyBytes && { maxBodyBytes: 2 ** Math.ceil(Math.log2(largest)) }),
  }
}

/** What the bodies are, where they are not JSON alone. */
function payloadOf(captures: readonly Capture[]): Patch {
  const forms = captures.filter(({ body }) => isFormBody(body))
  if (forms.length === 0) return {}
  if (forms.every((capture) => readPayload(capture)?.inForm)) return { formJsonField: usualFormField }
  if (forms.length === captures.length) return { payload: 'form' }
  const areRead = captures.every((capture) => isFormBody(capture.body) || readPayload(capture))
  return areRead ? { payload: 'json-or-form' } : {}
}

/**
 * Adds to a scheme that verifies what well-known names let one guess. A guess with which it would no longer verify is
 * left out.
 */
export async function completeScheme(
  base: SchemeDescriptor,
  captures: readonly Capture[],
  accepts: Accepts,
): Promise<SchemeCandidate> {
  let scheme = base
  const guessed = new Set<string>()
  for (const patch of guessesFor(base, captures)) {
    const next = { ...scheme, ...patch }
    if (!(await accepts(next))) continue
    scheme = next
    for (const field of Object.keys(patch)) guessed.add(field)
  }
  const ordered = inOrder(scheme)
  return { scheme: ordered, unknown: unknownFields(ordered, guessed, captures) }
}

function guessesFor(base: SchemeDescriptor, captures: readonly Capture[]): readonly Patch[] {
  const signed = base.signature.algorithm !== 'token' && base.signature.algorithm !== 'basic'
  const [deliveryId] = base.deliveryId ? [] : guessDeliveryIds(captures)
  const eventId = guessEventId(captures)
  const eventType = guessEventType(captures)
  const timestamp = signed && !base.timestamp ? guessBodyTime(captures) : undefined
  const inForm = captures.some((capture) => readPayload(capture)?.inForm)
  return [
    ...(inForm ? [{ formJsonField: usualFormField }] : []),
    ...(timestamp ? [{ timestamp }] : []),
    ...(deliveryId ? [{ deliveryId }] : []),
    ...(eventId ? [{ eventId }] : []),
    ...(eventType ? [{ eventType }] : []),
  ]
}

/** As a reader expects them: what is proved first. */
const order: readonly (keyof SchemeDescriptor)[] = [
  'name',
  'signature',
  'signedContent',
  'url',
  'timestamp',
  'deliveryId',
  'eventId',
  'eventType',
  'secret',
  'methods',
  'payload',
  'formJsonField',
  'contentEncoding',
  'maxBodyBytes',
]

function inOrder(scheme: SchemeDescriptor): SchemeDescriptor {
  const fields = Object.entries(scheme) as [keyof SchemeDescriptor, unknown][]
  return Object.fromEntries(
    fields.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)),
  ) as unknown as SchemeDescriptor
}
