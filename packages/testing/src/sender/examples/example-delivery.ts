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

/** What an example is to be. */
export interface ExampleInput {
  /** Undefined: the usual one. */
  readonly event: string | undefined
  /** The delivery id, where one was chosen: the example of one id is always the same. */
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
 * An example of the scheme's deliveries, with fresh ids; for senders not known here a small general one. An event without
 * an example gets what all events of the sender have, and no other event's data.
 */
export function exampleDelivery(schemeName: string, { event, id, time }: ExampleInput): ExampleDelivery {
  const { events = {}, wrap, usual = Object.keys(events)[0] ?? '' } = examplesOf(schemeName)
  const name = event ?? usual
  const facts = { time, seconds: Math.floor(Date.parse(time) / 1000), newId: idsFor(id) }
  const make = Object.hasOwn(events, name) ? events[name] : undefined
  return wrap(name, make?.(facts), facts)
}

/**
 * The events of which the reference sender has examples, by the names that the option `event` takes; the first is the
 * usual one.
 *
 * @param schemeName as `github`
 * @returns undefined where an example can be made of any event, as for a scheme of your own
 */
export function exampleEvents(schemeName: string): readonly string[] | undefined {
  const { events } = examplesOf(schemeName)
  return events && Object.keys(events)
}

function examplesOf(schemeName: string): SenderExamples {
  return (Object.hasOwn(senders, schemeName) ? senders[schemeName] : undefined) ?? general
}

/** Random ones, or those that belong to a chosen id. */
function idsFor(id: string | undefined): () => string {
  if (id === undefined) return randomUUID
  let count = 0
  return () => {
    const hex = createHash('sha256').update(`${count++}:${id}`).digest('hex')
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
  }
}
