import type { SchemeDescriptor } from '@countersign/core'

/** One sentence for each field that captures can leave unknown. */
const sentences: Readonly<Record<string, (scheme: SchemeDescriptor) => string>> = {
  name: () => 'The header does not name the sender; rename the scheme after it.',
  signature: () =>
    'The sender repeats the secret, which proves neither the body nor its age; use an HMAC if the sender offers one.',
  'signature.list': () => 'Whether the header has several signatures during a rotation of the secret.',
  signedContent: () => 'The body is empty, so its position in the signed content is a guess.',
  url: () => 'The URL of this capture; set it to the URL of your endpoint as registered with the sender.',
  timestamp: ({ timestamp }) =>
    timestamp && 'json' in timestamp
      ? `A guess: "${timestamp.json}" looks like the time of sending. Remove it if it is the time of something else.`
      : 'The unit is a guess.',
  deliveryId: ({ signedContent }) =>
    signedContent?.includes('{id}')
      ? 'This header is signed; it is a guess that its value is unique for each delivery and repeated in retries.'
      : 'A guess by its name; it must be unique for each delivery and repeated in retries.',
  eventId: () =>
    'A guess by its name; if several events have the same value here, the later ones are dropped as duplicates.',
  eventType: ({ eventType }) => (eventType ? 'A guess by its name.' : 'Where the sender names the event.'),
  identity: () => 'The captures have no id for an event; without one every delivery is handled.',
  methods: () => 'The methods of the captures; the sender may use others.',
  payload: ({ payload }) =>
    payload === 'bytes'
      ? 'The body is neither JSON nor a form; check that this is what the sender sends.'
      : 'The format of the captures; the sender may use others.',
  formJsonField: () => 'A guess by its name.',
  toleranceSeconds: () =>
    'How old a delivery may be; set more if retries repeat the time of the first attempt.',
  retries: () => 'Seconds before each attempt, including the first.',
  respondWithin: () => 'Seconds the sender waits for a response.',
  disablesAfter: () => 'Failed attempts after which the sender disables the endpoint.',
}

/**
 * Describes in one sentence what is unknown about a field of a candidate.
 *
 * @param field one of {@link SchemeCandidate.unknown}
 * @param scheme the scheme of the candidate
 *
 * @example
 * import { describeUnknown } from '@countersign/diagnosis'
 *
 * const signature = { algorithm: 'hmac-sha256', header: 'X-Signature', encoding: 'hex' } as const
 * console.log(describeUnknown('retries', { name: 'acme', signature }))
 */
export function describeUnknown(field: string, scheme: SchemeDescriptor): string {
  return sentences[field]?.(scheme) ?? "Look it up in the sender's documentation."
}
