import type { SchemeDescriptor } from '@countersign/core'

/** One sentence for each field that captures can leave open. */
const sentences: Readonly<Record<string, (scheme: SchemeDescriptor) => string>> = {
  name: () => 'The header names nobody; call the scheme after the sender.',
  signature: () =>
    'It repeats the secret, which proves the sender and neither the body nor its age; take an HMAC where the sender offers one.',
  'signature.list': () => 'Whether the header holds several signatures while the secret is being changed.',
  signedContent: () => 'The body is empty, so its place among what is signed is a guess.',
  url: () => 'The URL of this capture; each endpoint has its own, as the sender was told it.',
  timestamp: ({ timestamp }) =>
    timestamp && 'json' in timestamp
      ? `A guess: "${timestamp.json}" looks like the time of sending. Leave it out if it is the time of something else.`
      : 'The unit is a guess.',
  deliveryId: ({ signedContent }) =>
    signedContent?.includes('{id}')
      ? 'This header is signed; that its value is new for each delivery and the same in its retries is a guess.'
      : 'A guess by its name; it must be new for each delivery and the same in its retries.',
  eventId: () =>
    'A guess by its name; if several events have the same value here, the later ones are lost as repetitions.',
  eventType: ({ eventType }) => (eventType ? 'A guess by its name.' : 'Where the sender names the event.'),
  identity: () => 'Nothing here tells one event from another; without an id every delivery is handled.',
  methods: () => 'What the captures show; the sender may use others.',
  payload: ({ payload }) =>
    payload === 'bytes'
      ? 'The body could not be read as JSON or as a form; is that what the sender sends?'
      : 'What the captures show; the sender may send other forms of bodies.',
  formJsonField: () => 'A guess by its name.',
  toleranceSeconds: () =>
    'How old a delivery may be; more where retries repeat the time of the first attempt.',
  retries: () => 'Seconds before each attempt, the first included.',
  respondWithin: () => 'Seconds the sender waits for an answer.',
  disablesAfter: () => 'Failed attempts after which the sender switches the endpoint off.',
}

/**
 * Says in a sentence what is open about a field.
 *
 * @param field one of {@link SchemeCandidate.unknown}
 */
export function describeUnknown(field: string, scheme: SchemeDescriptor): string {
  return sentences[field]?.(scheme) ?? 'Look it up in the documentation of the sender.'
}
