import type { SchemeDescriptor } from '@countersign/core'
import { completePayload, readEventName } from './complete-payload.js'
import type { ExampleDelivery } from './examples/example.js'
import { exampleDelivery } from './examples/example-delivery.js'
import type { SignOptions } from './sign-options.js'
import { writeTime } from './write-time.js'

/** The content of a delivery before it is signed. */
export interface Content extends Pick<ExampleDelivery, 'event' | 'headers' | 'id'> {
  readonly body: Uint8Array
  readonly contentType: string | undefined
  /** Form fields for the query of the URL; empty unless the method is GET. */
  readonly query: Readonly<Record<string, string>>
}

/** The fixed time of an example with a given id, so that the same id always gives the same delivery. */
const timeOfChosen = Date.parse('2026-01-15T09:30:00Z')
const formType = 'application/x-www-form-urlencoded'

/** Builds the body from the caller's options, or from the scheme's example. */
export function buildContent(
  scheme: SchemeDescriptor,
  options: SignOptions & { readonly method: string },
  now: number,
): Content {
  const named = options.event ?? scheme.eventType?.value
  const {
    payload: ownPayload,
    inForm,
    hasNoId,
    ...example
  } = exampleDelivery(scheme.name, {
    event: named,
    id: options.id,
    time: writeTime(exampleTime(scheme, options, now), 'iso8601'),
  })
  if (options.body !== undefined) {
    const body = typeof options.body === 'string' ? Buffer.from(options.body, 'utf8') : options.body
    return jsonContent(body, named ?? readEventName(scheme, parseBody(scheme, body)))
  }
  if (options.method === 'GET') {
    const query = options.form ?? textFields(options.payload ?? ownPayload)
    return { ...example, body: new Uint8Array(), contentType: undefined, query }
  }
  if (options.form !== undefined) return formContent(options.form)
  if (options.payload !== undefined) {
    const payload = completePayload(scheme, options.payload, options, now)
    return jsonContent(toJson(payload), named ?? readEventName(scheme, payload))
  }
  // The example already has fresh ids.
  const { id, freshId, ...others } = options
  const given = { ...others, ...(!hasNoId && id !== undefined && { id }), event: example.event }
  const payload = completePayload(scheme, ownPayload, given, now)
  if (inForm) return formContent({ [scheme.formJsonField ?? 'payload']: JSON.stringify(payload) })
  return jsonContent(toJson(payload))

  function jsonContent(body: Uint8Array, event: string = example.event): Content {
    return { ...example, event, body, contentType: 'application/json', query: {} }
  }

  function formContent(form: Readonly<Record<string, string>>): Content {
    const body = Buffer.from(new URLSearchParams(form).toString(), 'utf8')
    return { ...example, body, contentType: formType, query: {} }
  }
}

/** The time in an example. If receivers check it, it must be the real time. */
function exampleTime(scheme: SchemeDescriptor, { id, timestamp }: SignOptions, now: number): number {
  if (typeof timestamp === 'number') return timestamp
  const isJudged = typeof scheme.timestamp === 'object' && 'json' in scheme.timestamp
  return id === undefined || isJudged ? now : timeOfChosen
}

/**
 * Parses a body as JSON, or the JSON in the scheme's form field.
 *
 * @returns undefined if it is neither
 *
 * @example
 * import { github } from '@countersign/core/schemes'
 * import { parseBody } from '@countersign/testing/sender'
 *
 * console.log(parseBody(github(), Buffer.from('{"zen":"Keep it simple"}')))
 */
export function parseBody({ formJsonField }: SchemeDescriptor, body: Uint8Array): unknown {
  const text = Buffer.from(body).toString('utf8')
  const field =
    formJsonField !== undefined && text.startsWith(`${formJsonField}=`)
      ? new URLSearchParams(text).get(formJsonField)
      : undefined
  try {
    return JSON.parse(field ?? text)
  } catch {
    return undefined
  }
}

function toJson(payload: unknown): Buffer {
  return Buffer.from(JSON.stringify(payload), 'utf8')
}

function textFields(payload: unknown): Readonly<Record<string, string>> {
  if (typeof payload !== 'object' || payload === null) return {}
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]))
}
