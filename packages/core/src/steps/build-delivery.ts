import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type {
  DeliveryFields,
  Delivery as HandledDelivery,
  HandlingFields,
  VerifiedDelivery,
} from '../types.js'
import type { DeliveryIdentity } from './identify-delivery.js'
import type { SignedDelivery } from './verify-signature.js'

/** What a delivery is built from, in addition to its settings. */
export interface DeliverySource {
  readonly signed: SignedDelivery
  readonly identity: DeliveryIdentity
  readonly payload: unknown
  /** The time that the body states. */
  readonly bodyTime: number | undefined
  /** The idempotency key, or the function that makes it when it is first read. */
  readonly key: string | undefined | (() => string | undefined)
}

/** Builds the delivery that the application gets. */
export function buildDelivery<TEvent extends WebhookEvent>(
  source: DeliverySource,
  settings: VerificationSettings,
): VerifiedDelivery<TEvent> {
  return new Delivery(source, settings) as unknown as VerifiedDelivery<TEvent>
}

/**
 * Adds what a delivery has while its handler runs, to the same object.
 *
 * @param lease its signal is read when the handler reads it
 */
export function addHandling(
  delivery: VerifiedDelivery,
  fields: Omit<HandlingFields, 'signal'>,
  lease: Pick<HandlingFields, 'signal'>,
): HandledDelivery {
  return Delivery.addHandling(delivery as unknown as Delivery, fields, lease) as unknown as HandledDelivery
}

/** A class, so that all deliveries have one shape. All fields are the instance's own, so that they are copied and serialised. */
class Delivery implements Omit<DeliveryFields, symbol> {
  declare readonly event: string | undefined
  declare readonly payload: unknown
  declare readonly id: string | undefined
  declare readonly idempotencyKey: string | undefined
  declare readonly scheme: string
  declare readonly endpoint: string | undefined
  declare readonly tenant: string | undefined
  declare readonly timestamp: number | undefined
  declare readonly rawBody: Uint8Array
  declare readonly secretId: string
  declare readonly attributes: Readonly<Record<string, string>>
  readonly #makeKey: (() => string | undefined) | undefined
  #lease: Pick<HandlingFields, 'signal'> | undefined

  constructor({ signed, identity, payload, bodyTime, key }: DeliverySource, settings: VerificationSettings) {
    const isLater = typeof key === 'function'
    this.event = identity.event
    this.payload = payload
    this.id = identity.id
    if (isLater) Object.defineProperty(this, 'idempotencyKey', laterKey)
    else this.idempotencyKey = key
    this.scheme = settings.scheme.descriptor.name
    this.endpoint = settings.endpoint
    this.tenant = signed.tenant
    this.timestamp = signed.headerTime?.time ?? bodyTime
    this.rawBody = signed.rawBody
    this.secretId = signed.secret.id
    this.attributes = signed.names.attributes
    this.#makeKey = isLater ? key : undefined
  }

  static addHandling(
    delivery: Delivery,
    { attempt, deadline, completeIn, defer }: Omit<HandlingFields, 'signal'>,
    lease: Pick<HandlingFields, 'signal'>,
  ): Delivery {
    delivery.#lease = lease
    const handled = Object.assign(delivery, { attempt })
    Object.defineProperty(handled, 'signal', laterSignal)
    return Object.assign(handled, { deadline, completeIn, defer })
  }

  static readSignal(delivery: Delivery): AbortSignal | undefined {
    return delivery.#lease?.signal
  }

  static readKey(delivery: Delivery): string | undefined {
    const value = delivery.#makeKey?.()
    Object.defineProperty(delivery, 'idempotencyKey', { value, enumerable: true })
    return value
  }
}

/** Shared: with a getter of its own, each delivery would have a shape of its own. */
const laterKey: PropertyDescriptor & ThisType<Delivery> = {
  enumerable: true,
  configurable: true,
  get() {
    return Delivery.readKey(this)
  },
}

/** Creating a signal takes longer than verifying a short body, and few handlers read it. */
const laterSignal: PropertyDescriptor & ThisType<Delivery> = {
  enumerable: true,
  configurable: true,
  get() {
    return Delivery.readSignal(this)
  },
}
