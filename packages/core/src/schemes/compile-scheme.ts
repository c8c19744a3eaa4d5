import { isJsonPointer } from '../encoding/json-pointer.js'
import { checkEvents } from './check-events.js'
import { checkProof, checkTimestampSource } from './check-proof.js'
import { compileTemplate } from './compile-template.js'
import { isHmac } from './is-hmac.js'
import { listSignatureHeaders } from './list-signature-headers.js'
import { type RefuseScheme, refuseScheme } from './refuse-scheme.js'
import type { SchemeDescriptor, TimestampSource, Tolerance } from './scheme-descriptor.js'
import type { Template, TemplatePart } from './template.js'
import { getVerifier, type Verifier } from './verifier.js'

/** A descriptor made ready for use: names lower-cased, the template split, every field checked. */
export interface CompiledScheme {
  readonly descriptor: SchemeDescriptor
  /** The code that checks the proof of a custom scheme; undefined for all others. */
  readonly verifier: Verifier | undefined
  readonly methods: ReadonlySet<string>
  readonly template: Template
  /** {@link SchemeDescriptor.payload}, or its default. */
  readonly payload: NonNullable<SchemeDescriptor['payload']>
  /** The delivery id's header is covered by the signature. */
  readonly idIsSigned: boolean
  readonly timestamp: TimestampSource | undefined
  readonly timeIsInBody: boolean
  /** Which member of the signatures' list is the time. */
  readonly timePosition: number | undefined
  readonly toleranceMs: Tolerance
  /** Lower-case names of the headers to read; each may come once, unless the scheme says that signatures repeat. */
  readonly headers: {
    /** Those that may carry a proof, the usual one first. */
    readonly signatures: readonly string[]
    readonly timestamp: string | undefined
    readonly deliveryId: string | undefined
    readonly eventType: string | undefined
    readonly identity: string | undefined
    readonly attributes: readonly (readonly [attribute: string, header: string])[]
  }
}

const payloads: readonly string[] = [
  'json',
  'form',
  'json-or-form',
  'query-or-body',
  'bytes',
] satisfies SchemeDescriptor['payload'][]

const defaultToleranceSeconds = 300
const compiledSchemes = new WeakMap<SchemeDescriptor, CompiledScheme>()

/** Unknown fields are refused: a misspelt field would be ignored without notice. */
const knownFields: Readonly<Record<keyof SchemeDescriptor, true>> = {
  name: true,
  signature: true,
  signedContent: true,
  url: true,
  timestamp: true,
  toleranceSeconds: true,
  deliveryId: true,
  eventId: true,
  eventType: true,
  events: true,
  handshakes: true,
  attributes: true,
  bodyDigest: true,
  identity: true,
  payload: true,
  formJsonField: true,
  contentEncoding: true,
  methods: true,
  secret: true,
  retries: true,
  retriesForSeconds: true,
  respondWithin: true,
  disablesAfter: true,
  maxBodyBytes: true,
}

/** @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` */
export function compileScheme(descriptor: SchemeDescriptor): CompiledScheme {
  const known = compiledSchemes.get(descriptor)
  if (known) return known
  const compiled = compile(descriptor)
  compiledSchemes.set(descriptor, compiled)
  return compiled
}

function compile(descriptor: SchemeDescriptor): CompiledScheme {
  const refuse: RefuseScheme = refuseScheme(descriptor?.name)
  if (typeof descriptor !== 'object' || descriptor === null) {
    return refuse('the scheme is missing; pass one, as in scheme: visibuild()')
  }
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(descriptor.name ?? ''))
    refuse('name must be kebab-case, as in my-sender')
  const unknown = Object.keys(descriptor).find((field) => !Object.hasOwn(knownFields, field))
  if (unknown !== undefined) refuse(`there is no field "${unknown}"; is it spelt right?`)
  checkProof(descriptor.signature, refuse)
  const verifier = getVerifier(descriptor, refuse)
  const signatures = listSignatureHeaders(descriptor.signature, refuse)
  const timestamp = descriptor.timestamp || undefined
  if (timestamp) checkTimestampSource(timestamp, descriptor.signature, refuse)
  checkPayload(descriptor, refuse)
  checkEvents(descriptor.events, refuse)
  const template = compileTemplate(descriptor, refuse)
  const signs = (part: TemplatePart) => template.before.includes(part) || template.after.includes(part)
  const signsTime = signs('timestamp')
  // The verifier of a custom scheme may return the timestamp.
  if (signsTime && !verifier && !(timestamp && 'header' in timestamp))
    refuse('{timestamp} needs a timestamp header')
  if (timestamp && 'header' in timestamp && !signsTime) {
    refuse(
      'timestamp.header must be covered by signedContent as {timestamp}; an unsigned time proves nothing',
    )
  }
  if (timestamp && 'json' in timestamp && !verifier && !isHmac(descriptor.signature)) {
    refuse('a timestamp in the body needs a signature over the body; leave timestamp out')
  }
  checkHandshakes(descriptor, refuse)
  for (const pointer of listPointers(descriptor)) {
    if (!isJsonPointer(pointer)) refuse(`"${pointer}" is not a JSON pointer; write it as "/data/id"`)
  }
  const toleranceMs = toToleranceMs(descriptor.toleranceSeconds ?? defaultToleranceSeconds, refuse)
  for (const header of [...signatures, ...listHeaders(descriptor)]) {
    if (!isHeaderName(header)) refuse(`"${header}" is not a header name`)
  }
  const lower = (source: object | undefined) =>
    source && 'header' in source && typeof source.header === 'string'
      ? source.header.toLowerCase()
      : undefined
  const identity = typeof descriptor.identity === 'object' ? descriptor.identity : undefined
  return {
    descriptor,
    verifier,
    methods: new Set(descriptor.methods ?? ['POST']),
    template,
    payload: descriptor.payload ?? 'json',
    idIsSigned: signs('id'),
    timestamp,
    timeIsInBody: timestamp !== undefined && 'json' in timestamp,
    timePosition: timestamp && 'header' in timestamp ? timestamp.position : undefined,
    toleranceMs,
    headers: {
      signatures,
      timestamp: lower(timestamp),
      deliveryId: lower(descriptor.deliveryId),
      eventType: lower(descriptor.eventType),
      identity: lower(identity),
      attributes: Object.entries(descriptor.attributes ?? {}).map(([name, { header }]) => [
        name,
        header.toLowerCase(),
      ]),
    },
  }
}

function checkPayload(
  { payload = 'json', formJsonField, contentEncoding, signature }: SchemeDescriptor,
  refuse: RefuseScheme,
): void {
  if (!payloads.includes(payload)) refuse(`payload must be one of ${payloads.join(', ')}`)
  if (payload === 'query-or-body' && signature.algorithm === 'custom')
    refuse(
      'payload query-or-body is for tokens and Basic; have verify return the payload it read from what was signed',
    )
  if (payload === 'query-or-body' && isHmac(signature))
    refuse('payload query-or-body is for tokens and Basic; a signature over the body proves no query')
  if (formJsonField !== undefined && payload === 'bytes')
    refuse('formJsonField is for a body that is read; leave it out with payload: "bytes"')
  if (contentEncoding !== undefined && !['decoded', 'as-sent'].includes(contentEncoding))
    refuse('contentEncoding must be decoded or as-sent, by what the sender signs')
}

function checkHandshakes({ handshakes }: SchemeDescriptor, refuse: RefuseScheme): void {
  if (handshakes === undefined) return
  if (!Array.isArray(handshakes) || handshakes.some((name) => typeof name !== 'string' || name === ''))
    refuse("handshakes must be a list of events' names")
}

/** @throws through `refuse`, when a side is not a finite number of at least 0 */
export function toToleranceMs(tolerance: number | Tolerance, refuse: RefuseScheme): Tolerance {
  const { past, future } =
    typeof tolerance === 'number' ? { past: tolerance, future: tolerance } : (tolerance ?? {})
  for (const side of [past, future]) {
    if (typeof side !== 'number' || !Number.isFinite(side) || side < 0) {
      refuse('toleranceSeconds must be a finite number of seconds, 0 or more, or { past, future }')
    }
  }
  return { past: past * 1000, future: future * 1000 }
}

function listPointers(descriptor: SchemeDescriptor): readonly string[] {
  const sources = [
    descriptor.timestamp,
    descriptor.deliveryId,
    descriptor.eventId,
    descriptor.identity,
    descriptor.eventType,
  ]
  return [
    ...sources.flatMap((source) =>
      typeof source === 'object' && 'json' in source ? (source.json ?? []) : [],
    ),
    ...(descriptor.bodyDigest?.requires ?? []),
    ...(descriptor.bodyDigest?.requiresOneOf ?? []),
  ]
}

function listHeaders(descriptor: SchemeDescriptor): readonly unknown[] {
  const sources: readonly unknown[] = [
    descriptor.timestamp,
    descriptor.deliveryId,
    descriptor.eventType,
    descriptor.identity,
    ...Object.values(descriptor.attributes ?? {}),
  ]
  return sources.flatMap((source) =>
    typeof source === 'object' && source !== null && 'header' in source && source.header !== undefined
      ? [source.header]
      : [],
  )
}

/** RFC 9110 section 5.6.2: a field name is a token. */
function isHeaderName(name: unknown): boolean {
  return typeof name === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)
}
