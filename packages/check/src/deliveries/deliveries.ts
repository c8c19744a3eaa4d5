import { randomUUID } from 'node:crypto'
import type { SchemeDescriptor, SecretValue } from '@countersign/core'
import type { SignedRequest, SignOptions } from '@countersign/testing'
import { createSender, type Sender } from '@countersign/testing'
import { parseBody } from '@countersign/testing/sender'
import { type BodyForm, compact } from './body-forms.js'
import { readHeader } from './edit-proof.js'
import { freshPayload } from './fresh-payload.js'
import { idHeader } from './scheme-traits.js'

/** How deliveries are made. */
export interface DeliveriesOptions {
  readonly scheme: SchemeDescriptor
  readonly secret: SecretValue | undefined
  readonly now: () => number
  /** Path and query of the receiver. */
  readonly path: string
  readonly payload?: unknown
  readonly event?: string | undefined
}

/** What differs in one delivery from a valid one. */
export interface DeliveryChanges
  extends Pick<SignOptions, 'timestamp' | 'secret' | 'omitProof' | 'id' | 'headers'> {
  /** Default: the payload of a new event. */
  readonly payload?: unknown
  readonly form?: BodyForm
  /** Signs by another scheme: where it differs from the receiver's, the delivery is wrong. */
  readonly scheme?: SchemeDescriptor
}

/** Makes deliveries as the scheme's sender does, each for a new event. */
export class Deliveries {
  /** How bodies are written. Replaced once the receiver turns out to accept only another form. */
  form: BodyForm = compact
  readonly #options: DeliveriesOptions
  readonly #sender: Sender

  constructor(options: DeliveriesOptions) {
    this.#options = options
    this.#sender = createSender(options)
  }

  /** A payload with new ids. */
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

  /** A valid delivery, except for the changes. */
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

  /** Another delivery of the same event: signed again, with the ids of the first delivery. */
  makeRetry(first: SignedRequest, changes: DeliveryChanges): SignedRequest {
    const { scheme } = this.#options
    const name = idHeader(scheme)
    const id = name === undefined ? undefined : readHeader(first, name)
    const identity = Object.keys(freshIdentity(scheme)).map((header) => [header, readHeader(first, header)])
    return this.make({ ...changes, headers: Object.fromEntries(identity), ...(id !== undefined && { id }) })
  }
}

/** A method with a body, if the sender uses one. */
function usualMethod({ methods = ['POST'] }: SchemeDescriptor): string {
  if (methods.includes('POST')) return 'POST'
  return methods.find((method) => method !== 'GET') ?? methods[0] ?? 'POST'
}

/** The header that identifies an event: the sender's example does not include it. */
function freshIdentity({ identity }: SchemeDescriptor): Readonly<Record<string, string>> {
  return typeof identity === 'object' && 'header' in identity ? { [identity.header]: randomUUID() } : {}
}
