import type { Delivery } from '@countersign/core'
import type { UnknownEventName } from '@countersign/core/schemes'
import {
  customScheme,
  type EmbeddableEvent,
  type EmbeddablePayload,
  embeddable,
  type FingerprintingApiEvent,
  type FingerprintingApiOptions,
  type FingerprintingApiVisit,
  fingerprintingApi,
  github,
  hmacScheme,
  type Scheme,
  type ScratcherEvent,
  type ScratcherOptions,
  type ScratcherPayload,
  scratcher,
  type TokenSchemeOptions,
  tokenScheme,
  type VisibuildEvent,
  type VisistoContactCreated,
  type VisistoEvent,
  type VisistoRewardIssued,
  visibuild,
  visisto,
  type WebhookEvent,
} from '@countersign/core/schemes'
import { expectTypeOf } from 'vitest'

// Nothing here runs: the compiler checks it with the rest of the tests.

expectTypeOf(visisto()).toEqualTypeOf<Scheme<VisistoEvent>>()
expectTypeOf(embeddable()).toEqualTypeOf<Scheme<EmbeddableEvent>>()
expectTypeOf(visibuild()).toEqualTypeOf<Scheme<VisibuildEvent>>()
expectTypeOf(scratcher()).toEqualTypeOf<Scheme<ScratcherEvent>>()
expectTypeOf(github()).toExtend<Scheme>()
expectTypeOf(fingerprintingApi({ event: 'NEW_VISIT' })).toEqualTypeOf<
  Scheme<{ readonly event: 'NEW_VISIT'; readonly payload: FingerprintingApiVisit }>
>()
expectTypeOf<Scheme<VisibuildEvent>>().toExtend<Scheme>()
expectTypeOf<Scheme<EmbeddableEvent>>().toExtend<Scheme>()

export function handleVisisto({ event, payload }: Delivery<VisistoEvent>): string | undefined {
  if (event === 'contact.created') {
    expectTypeOf(payload).toEqualTypeOf<VisistoContactCreated>()
    return payload.data?.email
  }
  if (event === 'reward.issued') {
    expectTypeOf(payload).toEqualTypeOf<VisistoRewardIssued>()
    return payload.data?.contact?.name
  }
  expectTypeOf(event).toEqualTypeOf<UnknownEventName | undefined>()
  expectTypeOf(payload).toEqualTypeOf<unknown>()
  return event
}

export function handleFingerprintingApi(delivery: Delivery<FingerprintingApiEvent>): string | undefined {
  if (delivery.event === 'NEW_VISIT' || delivery.event === 'NEW_VISITOR') {
    expectTypeOf(delivery.payload).toEqualTypeOf<FingerprintingApiVisit>()
    return delivery.payload.visitor?.company?.domain
  }
  expectTypeOf(delivery.payload).toEqualTypeOf<unknown>()
  return delivery.event
}

export function handleEmbeddable({ event, payload }: Delivery<EmbeddableEvent>): string | undefined {
  expectTypeOf(event).toEqualTypeOf<undefined>()
  expectTypeOf(payload).toEqualTypeOf<EmbeddablePayload>()
  expectTypeOf(payload.budget).toEqualTypeOf<unknown>()
  return payload.email
}

export function handleScratcher({ event, payload }: Delivery<ScratcherEvent>): unknown {
  expectTypeOf(event).toEqualTypeOf<undefined>()
  expectTypeOf(payload).toEqualTypeOf<ScratcherPayload>()
  return payload.email
}

// What the sender leaves open must be said; what makes no sense cannot be said.
expectTypeOf<FingerprintingApiOptions['event']>().toEqualTypeOf<'NEW_VISIT' | 'NEW_VISITOR'>()
expectTypeOf<{ proof: 'hmac' }>().not.toExtend<FingerprintingApiOptions>()
expectTypeOf<{ event: 'NEW_VISIT'; proof: 'jwt' }>().not.toExtend<FingerprintingApiOptions>()
expectTypeOf<{ proof: 'token' }>().not.toExtend<ScratcherOptions>()
expectTypeOf<{ proof: 'hmac' }>().not.toExtend<ScratcherOptions>()
expectTypeOf<{ proof: 'token'; header: string; query: string }>().not.toExtend<ScratcherOptions>()
expectTypeOf<{ proof: 'token'; query: string; methods: ['GET'] }>().toExtend<ScratcherOptions>()
expectTypeOf<{ name: string }>().not.toExtend<TokenSchemeOptions>()
expectTypeOf<{ name: string; header: string; query: string }>().not.toExtend<TokenSchemeOptions>()

interface AcmeEvent extends WebhookEvent {
  readonly event: 'created'
  readonly payload: { readonly id: string }
}
expectTypeOf(hmacScheme<AcmeEvent>({ name: 'acme', header: 'X-Acme' })).toEqualTypeOf<Scheme<AcmeEvent>>()
expectTypeOf(tokenScheme({ name: 'acme', query: 'token' })).toEqualTypeOf<Scheme>()

// A custom scheme has the events that its author says, and the handler narrows them.
type BillingEvent =
  | { readonly event: 'paid'; readonly payload: { readonly amount: number } }
  | { readonly event: 'ended'; readonly payload: { readonly reason: string } }
const acme = customScheme<BillingEvent>({
  name: 'acme',
  verify: async ({ headers, rawBody, signal }, secret) => {
    expectTypeOf(secret).toEqualTypeOf<string>()
    expectTypeOf(headers.get('x')).toEqualTypeOf<string | undefined>()
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
    return rawBody.length > 0 && { signed: rawBody }
  },
})
expectTypeOf(acme).toEqualTypeOf<Scheme<BillingEvent>>()
expectTypeOf<Extract<Delivery<BillingEvent>, { event: 'paid' }>['payload']>().toEqualTypeOf<{
  readonly amount: number
}>()
expectTypeOf(customScheme({ name: 'plain', verify: () => undefined })).toEqualTypeOf<Scheme>()
// @ts-expect-error what a proof covers must be said
customScheme({ name: 'bad', verify: () => ({ id: '1' }) })
// @ts-expect-error the proof is the verifier's
customScheme({ name: 'bad', verify: () => false, signedContent: '{body}' })
