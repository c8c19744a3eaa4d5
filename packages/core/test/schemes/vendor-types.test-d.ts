import type { Delivery, EventName, ReceiverOptions } from '@countersign/core'
import { createReceiver } from '@countersign/core'
import type { UnknownEventName } from '@countersign/core/schemes'
import {
  type GithubEvent,
  type GithubEventName,
  github,
  type Scheme,
  type ShopifyEvent,
  type SlackEnvelope,
  type SlackEvent,
  type SlackEventName,
  type StripeEvent,
  type StripeEventName,
  shopify,
  slack,
  standardWebhooks,
  stripe,
  type VisibuildEvent,
  visibuild,
  visisto,
} from '@countersign/core/schemes'
import type { EventPayloadMap, PullRequestEvent, PushEvent } from '@octokit/webhooks-types'
import type { AppMentionEvent, AppRateLimitedEvent, SlackEvent as InnerEvent } from '@slack/types'
import type Stripe from 'stripe'
import { expectTypeOf } from 'vitest'

// Nothing here runs: the compiler checks it with the rest of the tests.

// The lists hold what the senders' own types hold.
expectTypeOf<keyof EventPayloadMap>().toExtend<GithubEventName>()
expectTypeOf<Stripe.Event['type']>().toEqualTypeOf<StripeEventName>()
expectTypeOf<InnerEvent['type']>().toExtend<SlackEventName>()

// Without payload types: any name compares, and the payload is nobody's.
export function handleAnyGithub({ event, payload }: Delivery<GithubEvent>): void {
  if (event === 'push' || event === 'name-not-known') expectTypeOf(payload).toEqualTypeOf<unknown>()
  expectTypeOf(event).toExtend<string | undefined>()
}

// A map of payloads: octokit's, or one's own.
export function handleGithub({ event, payload }: Delivery<GithubEvent<EventPayloadMap>>): void {
  switch (event) {
    case 'push':
      expectTypeOf(payload).toEqualTypeOf<PushEvent>()
      break
    case 'pull_request':
      expectTypeOf(payload).toEqualTypeOf<PullRequestEvent>()
      if (payload.action === 'opened') expectTypeOf(payload.pull_request.merged_at).toEqualTypeOf<null>()
      break
    case 'sub_issues': // GitHub's list has it, the map does not.
      expectTypeOf(payload).toEqualTypeOf<unknown>()
      break
    // @ts-expect-error a name that nobody lists is compared as `const name: string | undefined = event`
    case 'name-not-known':
      break
    default:
      expectTypeOf(payload).toEqualTypeOf<unknown>()
  }
  const name: string | undefined = event
  if (name === 'name-not-known') console.log(name)
}

interface OwnPayloads {
  push: PushEvent
  'name-not-listed': { readonly id: string }
}
export function handleOwnGithub({ event, payload }: Delivery<GithubEvent<OwnPayloads>>): void {
  if (event === 'push') expectTypeOf(payload).toEqualTypeOf<PushEvent>()
  else if (event === 'name-not-listed') expectTypeOf(payload.id).toEqualTypeOf<string>()
  else if (event === 'pull_request') expectTypeOf(payload).toEqualTypeOf<unknown>()
  else expectTypeOf(payload).toEqualTypeOf<unknown>()
}
expectTypeOf<GithubEvent<Record<string, PushEvent>>['payload']>().toEqualTypeOf<PushEvent>()

// A union that `type` discriminates.
export function handleStripe({ event, payload }: Delivery<StripeEvent<Stripe.Event>>): void {
  if (event === 'invoice.paid') {
    expectTypeOf(payload).toEqualTypeOf<Stripe.InvoicePaidEvent>()
    expectTypeOf(payload.data.object).toEqualTypeOf<Stripe.Invoice>()
  } else if (event === 'charge.refunded') expectTypeOf(payload.type).toEqualTypeOf<'charge.refunded'>()
}
export function handleSomeStripe({ event, payload }: Delivery<StripeEvent<Stripe.InvoicePaidEvent>>): void {
  if (event === 'invoice.paid') expectTypeOf(payload).toEqualTypeOf<Stripe.InvoicePaidEvent>()
  else if (event === 'charge.refunded') expectTypeOf(payload).toEqualTypeOf<unknown>()
}
// No names to narrow by: every payload is of the type.
interface Untyped {
  readonly id: string
}
interface AnyType extends Untyped {
  readonly type: string
}
expectTypeOf<StripeEvent<AnyType>['payload']>().toEqualTypeOf<AnyType>()
expectTypeOf<StripeEvent<Untyped>['payload']>().toEqualTypeOf<Untyped>()

// In its envelope.
export function handleSlack({ event, payload }: Delivery<SlackEvent<InnerEvent>>): void {
  if (event === 'app_mention') {
    expectTypeOf(payload).toEqualTypeOf<SlackEnvelope<AppMentionEvent>>()
    expectTypeOf(payload.event.text).toEqualTypeOf<string>()
  } else if (event === 'message') {
    const message = payload.event
    expectTypeOf(message.type).toEqualTypeOf<'message'>()
    if (message.subtype === undefined) expectTypeOf(message.channel_type).toExtend<string>()
  } else if (event === 'url_verification') expectTypeOf(payload.challenge).toEqualTypeOf<string>()
  else if (event === 'app_rate_limited') expectTypeOf(payload).toEqualTypeOf<AppRateLimitedEvent>()
  else if (event === 'block_actions') expectTypeOf(payload).toEqualTypeOf<unknown>()
}

interface Order {
  readonly id: number
}
export function handleShopify({ event, payload }: Delivery<ShopifyEvent<{ 'orders/create': Order }>>): void {
  if (event === 'orders/create') expectTypeOf(payload).toEqualTypeOf<Order>()
  else if (event === 'app/uninstalled') expectTypeOf(payload).toEqualTypeOf<unknown>()
  else expectTypeOf(payload).toEqualTypeOf<unknown>()
}

// Schemes with payload types of their own take more events.
interface TicketReopened {
  readonly event: 'ticket.reopened'
  readonly payload: { readonly by: string }
}
export function handleVisibuild({ event, payload }: Delivery<VisibuildEvent | TicketReopened>): void {
  if (event === 'ticket.reopened') expectTypeOf(payload.by).toEqualTypeOf<string>()
  else if (event === 'ticket.created') expectTypeOf(payload.type).toEqualTypeOf<'ticket.created'>()
}
expectTypeOf(visibuild<TicketReopened>()).toEqualTypeOf<Scheme<VisibuildEvent | TicketReopened>>()

// The functions take the types, and keep them where a scheme of any events is expected.
expectTypeOf(github<EventPayloadMap>()).toEqualTypeOf<Scheme<GithubEvent<EventPayloadMap>>>()
expectTypeOf(stripe<Stripe.Event>()).toEqualTypeOf<Scheme<StripeEvent<Stripe.Event>>>()
expectTypeOf(slack<InnerEvent>()).toEqualTypeOf<Scheme<SlackEvent<InnerEvent>>>()
expectTypeOf(shopify<{ 'orders/create': Order }>()).toExtend<Scheme>()
export const anyOf: Record<string, Scheme> = {
  github: github<EventPayloadMap>(),
  stripe: stripe(),
  slack: slack<InnerEvent>(),
  visisto: visisto(),
}
// Schemes without payload types are assignable to each other.
export const [stripeOrSlack] = [stripe(), slack(), github(), standardWebhooks()]
createReceiver({ scheme: stripeOrSlack ?? stripe(), secret: '' })
expectTypeOf<ReturnType<typeof stripe>>().toEqualTypeOf<Scheme<StripeEvent>>()

// `events` completes the names that the scheme lists, and takes any other.
expectTypeOf<'ticket.created' | 'ticket.archived'>().toExtend<EventName<VisibuildEvent>>()
expectTypeOf<string>().toExtend<EventName<VisibuildEvent>>()
expectTypeOf<EventName<VisibuildEvent>>().not.toEqualTypeOf<string>()
expectTypeOf<UnknownEventName>().not.toEqualTypeOf<EventName<VisibuildEvent>>()
const options: ReceiverOptions<VisibuildEvent> = {
  scheme: visibuild(),
  secret: '',
  events: ['ticket.created', 'ticket.reopened'],
}
export const anyOptions: ReceiverOptions = options
export const receiver = createReceiver({ scheme: visibuild(), secret: '', events: ['ticket.reopened'] })
void receiver.receive({ method: 'POST', url: '/', headers: {}, body: new Uint8Array() }, (delivery) => {
  expectTypeOf(delivery).toEqualTypeOf<Delivery<VisibuildEvent>>()
})
createReceiver({
  scheme: visibuild(),
  secret: '',
  // @ts-expect-error a list, not a text
  events: 'ticket.created',
})
