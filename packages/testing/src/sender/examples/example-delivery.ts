import { createHash, randomUUID } from 'node:crypto'
import type { ExampleDelivery, SenderExamples } from './example.js'
import { github } from './github.js'
import {
  embeddable,
  fingerprintingApi,
  general,
  scratcher,
  standardWebhooks,
  visibuild,
  visisto,
} from './others.js'
import { shopify } from './shopify.js'
import { slack } from './slack.js'
import { stripe } from './stripe.js'

/** What to create an example of. */
export interface ExampleInput {
  /** Undefined: the sender's default event. */
  readonly event: string | undefined
  /** The delivery id, if one was given: the example for an id is always the same. */
  readonly id: string | undefined
  /** ISO 8601. */
  readonly time: string
}

const senders: Readonly<Record<string, SenderExamples>> = {
  visisto,
  'fingerprinting-api': fingerprintingApi,
  embeddable,
  visibuild,
  scratcher,
  'standard-webhooks': standardWebhooks,
  github,
  stripe,
  slack,
  shopify,
}

/**
 * Creates an example delivery with fresh ids; for unknown senders, a small generic one. An event without an example has only
 * the fields that all events of the sender have.
 */
export function exampleDelivery(schemeName: string, { event, id, time }: ExampleInput): ExampleDelivery {
  const { events = {}, wrap, usual = Object.keys(events)[0] ?? '' } = examplesOf(schemeName)
  const name = event ?? usual
  const facts = { time, seconds: Math.floor(Date.parse(time) / 1000), newId: idsFor(id) }
  const make = Object.hasOwn(events, name) ? events[name] : undefined
  return wrap(name, make?.(facts), facts)
}

/**
 * The names of the events for which the reference sender has examples, for the option `event`; the first is the default.
 *
 * @param schemeName such as `github`
 * @returns undefined if any event works, as for your own schemes
 *
 * @example
 * import { exampleEvents } from '@countersign/testing'
 *
 * console.log(exampleEvents('github')?.includes('push')) // true
 */
export function exampleEvents(schemeName: string): readonly string[] | undefined {
  const { events } = examplesOf(schemeName)
  return events && Object.keys(events)
}

function examplesOf(schemeName: string): SenderExamples {
  return (Object.hasOwn(senders, schemeName) ? senders[schemeName] : undefined) ?? general
}

/** Random ids, or ids derived from the given one. */
function idsFor(id: string | undefined): () => string {
  if (id === undefined) return randomUUID
  let count = 0
  return () => {
    const hex = createHash('sha256').update(`${count++}:${id}`).digest('hex')
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
  }
}
