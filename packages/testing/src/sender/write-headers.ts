import type { SchemeDescriptor } from '@countersign/core'
import type { Content } from './build-content.js'
import type { SignedRequest } from './signed-request.js'
import type { WrittenProof } from './write-proof.js'
import { findTimeKey, findTimePosition } from './write-signatures.js'

/** The values for the headers of one delivery. */
export interface HeaderInput {
  readonly content: Content
  readonly id: string
  readonly timestamp: string
  /** Undefined to leave it out. */
  readonly proof: WrittenProof | undefined
  /** Set last; `undefined` removes a header. */
  readonly overrides: Readonly<Record<string, string | undefined>>
}

/** Writes the scheme's headers in a fixed order, each once, unless several signatures repeat theirs. */
export function writeHeaders(scheme: SchemeDescriptor, input: HeaderInput): SignedRequest['headers'] {
  const { content, id, timestamp, proof, overrides } = input
  const { deliveryId, eventType, identity } = scheme
  const written = new Map<string, SignedRequest['headers']>()
  const set = (name: string | undefined, value: string | undefined): void => {
    if (name === undefined) return
    if (value === undefined) written.delete(name.toLowerCase())
    else written.set(name.toLowerCase(), [[name, value]])
  }
  set('content-type', content.contentType)
  for (const [name, value] of Object.entries(content.headers ?? {})) set(name, value)
  set(deliveryId && 'header' in deliveryId ? deliveryId.header : undefined, id)
  set(typeof identity === 'object' && 'header' in identity ? identity.header : undefined, id)
  set(eventType?.header, content.event)
  set(timeHeaderOf(scheme), timestamp)
  for (const pair of proof && 'headers' in proof ? proof.headers : []) {
    const name = pair[0].toLowerCase()
    written.set(name, [...(written.get(name) ?? []), pair])
  }
  for (const [name, value] of Object.entries(overrides)) set(name, value)
  return [...written.values()].flat()
}

/** The header with only the time. */
function timeHeaderOf(scheme: SchemeDescriptor): string | undefined {
  const { timestamp } = scheme
  if (!timestamp || !('header' in timestamp)) return undefined
  return findTimeKey(scheme) === undefined && findTimePosition(scheme) === undefined
    ? timestamp.header
    : undefined
}
