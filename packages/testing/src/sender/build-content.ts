import type { SchemeDescriptor } from '@countersign/core'
import { completePayload, eventIn } from './complete-payload.js'
import { type ExampleDelivery, exampleDelivery } from './example-delivery.js'
import type { SignOptions } from './sign-options.js'
import { writeTime } from './write-time.js'

/** What a delivery says, before it is signed. */
export interface Content extends Pick<ExampleDelivery, 'event' | 'headers' | 'id'> {
  readonly body: Uint8Array
  readonly contentType: string | undefined
  /** Form fields that go into the URL, where the method is GET. */
  readonly query: Readonly<Record<string, string>>
}

/** Builds the body from what the caller gave, or from the scheme's example. */
export function buildContent(
  scheme: SchemeDescriptor,
  options: SignOptions & { readonly method: string },
  now: number,
): Content {
  const time = typeof options.timestamp === 'number' ? options.timestamp : now
  const named = options.event ?? scheme.eventType?.value
  const { payload: ownPayload, ...example } = exampleDelivery(scheme.name, {
    event: named,
    time: writeTime(time, 'iso8601'),
  })
  const given = options.payload ?? ownPayload
  if (options.body !== undefined) {
    const body = typeof options.body === 'string' ? Buffer.from(options.body, 'utf8') : options.body
    return jsonContent(body, named ?? eventIn(scheme, parseBody(body)))
  }
  if (options.method === 'GET') {
    const query = options.form ?? textFields(given)
    return { ...example, body: new Uint8Array(), contentType: undefined, query }
  }
  if (options.form !== undefined) {
    const body = Buffer.from(new URLSearchParams(options.form).toString(), 'utf8')
    return { ...example, body, contentType: 'application/x-www-form-urlencoded', query: {} }
  }
  const payload = completePayload(scheme, given, options, now)
  return jsonContent(Buffer.from(JSON.stringify(payload), 'utf8'), named ?? eventIn(scheme, payload))

  function jsonContent(body: Uint8Array, event: string = example.event): Content {
    return { ...example, event, body, contentType: 'application/json', query: {} }
  }
}

/** What a body says as JSON; undefined where it is none. */
export function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

function textFields(payload: unknown): Readonly<Record<string, string>> {
  if (typeof payload !== 'object' || payload === null) return {}
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]))
}
