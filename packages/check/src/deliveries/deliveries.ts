import { randomUUID } from 'node:crypto'
import type { SchemeDescriptor, SecretValue } from '@countersign/core'
import type { SignedRequest, SignOptions } from '@countersign/testing'
import { createSender, type Sender } from '@countersign/testing'
import { parseBody } from '@countersign/testing/sender'
import { type BodyForm, compact } from './body-forms.js'
import { headerOf } from './edit-proof.js'
import { freshPayload } from './fresh-payload.js'
import { idHeader } from './scheme-traits.js'

/** What deliveries are made of. */
export interface DeliveriesOptions {
  readonly scheme: SchemeDescriptor
  readonly secret: SecretValue | undefined
  readonly now: () => number
  /** Path and query of the receiver. */
  readonly path: string
  readonly payload?: unknown
  readonly event?: string | undefined
}

/** What one delivery has that others have not. */
export interface DeliveryChanges
  extends Pick<SignOptions, 'timestamp' | 'secret' | 'omitProof' | 'id' | 'headers'> {
  /** Default: that of an event that never was. */
  readonly payload?: unknown
  readonly form?: BodyForm
  /** Signs by another scheme: what it differs in is a fault of the delivery. */
  readonly scheme?: SchemeDescriptor
}

/** Makes deliveries of the scheme's sender, each of an event of its own. */
export class Deliveries {
  /** How bodies are written, until the receiver shows that it takes another form alone. */
  form: BodyForm = compact
  readonly #options: DeliveriesOptions
  readonly #sender: Sender

  constructor(options: DeliveriesOptions) {
    this.#options = options
    this.#sender = createSender(options)
  }

  /** A payload with ids of its own. */
  payload(timestamp?: SignOptions['timestamp']): unknown {
    const { scheme, payload, event } = this.#options
    const draft = this.#sender.sign({
      method: 'POST',
      ...(payload !== undefined && { payload }),
      ...(event !== undefined && { event }),
      timestamp: timestamp ?? this.#options.now(),
    })
    return freshPayload(scheme, parseBody(scheme, draft.body))
  }

  /** An honest delivery, but for the changes. */
  make({ payload, form = this.form, scheme, headers, ...changes }: DeliveryChanges = {}): SignedRequest {
    const { path, event, scheme: ownScheme, secret, now } = this.#options
    const sender = scheme ? createSender({ scheme, secret, now }) : this.#sender
    const method = usualMethod(ownScheme)
    const body = form.write(payload ?? this.payload(changes.timestamp))
    return sender.sign({
      ...changes,
      headers: { ...freshIdentity(ownScheme), ...headers },
      url: path,
      ...(event !== undefined && { event }),
      method,
      ...(method !== 'GET' && { body }),
    })
  }

  /** The same event once more: signed anew, with the ids of the first delivery. */
  again(first: SignedRequest, changes: DeliveryChanges): SignedRequest {
    const { scheme } = this.#options
    const name = idHeader(scheme)
    const id = name === undefined ? undefined : headerOf(first, name)
    const identity = Object.keys(freshIdentity(scheme)).map((header) => [header, headerOf(first, header)])
    return this.make({ ...changes, headers: Object.fromEntries(identity), ...(id !== undefined && { id }) })
  }
}

/** One with a body, where the sender has one. */
function usualMethod({ methods = ['POST'] }: SchemeDescriptor): string {
  if (methods.includes('POST')) return 'POST'
  return methods.find((method) => method !== 'GET') ?? methods[0] ?? 'POST'
}

/** A header that only tells events from one another is none the sender's own example has. */
function freshIdentity({ identity }: SchemeDescriptor): Readonly<Record<string, string>> {
  return typeof identity === 'object' && 'header' in identity ? { [identity.header]: randomUUID() } : {}
}
