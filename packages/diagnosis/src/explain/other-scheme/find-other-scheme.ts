import type { SchemeDescriptor } from '@countersign/core'
import { signatureHeaderNames } from '@countersign/testing/sender'
import type { Capture } from '../../captures/capture.js'
import type { ExplainOptions } from '../explanation.js'
import { plainName } from '../search/template-faults.js'
import { verifyAsConfigured } from '../verify-as-configured.js'
import { type KnownScheme, knownSchemes } from './known-schemes.js'

/** A scheme whose headers came, where those of the configured one did not. */
export interface OtherScheme extends Omit<KnownScheme, 'headers'> {
  /** The headers that tell it, as they came. */
  readonly headers: readonly string[]
  /** Its signature is right with one of the secrets that were given. */
  readonly isProved: boolean
}

/** Finds the scheme of which this delivery seems to be, where that is not the configured one. */
export async function findOtherScheme(
  capture: Capture,
  options: ExplainOptions,
): Promise<OtherScheme | undefined> {
  const { scheme: configured, secrets } = options
  const names = capture.headers.map(([name]) => name)
  const own = ownHeaders(configured)
  const ownCount = names.filter((name) => own.has(plainName(name))).length
  if (hasProof(capture, configured)) return undefined
  const found = knownSchemes.flatMap(({ headers, ...known }) => {
    const those = names.filter((name) => headers.test(plainName(name)))
    const isOwn = those.some((name) => own.has(plainName(name)))
    return isOwn || those.length <= ownCount ? [] : [{ ...known, headers: proofFirst(those, known.scheme) }]
  })
  // Of equals the first, which is the more telling.
  const best = found.toSorted((a, b) => b.headers.length - a.headers.length)[0]
  if (!best) return undefined
  return { ...best, isProved: await isSignedBy(best.scheme) }

  async function isSignedBy(scheme: SchemeDescriptor): Promise<boolean> {
    if (!('encoding' in scheme.signature)) return false
    for (const secret of secrets) {
      const verdict = await verifyAsConfigured(capture, { ...options, scheme, secrets: [secret] })
      if (verdict.isValid || verdict.isAuthentic) return true
    }
    return false
  }
}

/** Whether what the scheme proves itself with came at all, right or wrong. */
export function hasProof({ headers, url }: Capture, { signature }: SchemeDescriptor): boolean {
  if (signature.algorithm === 'token' && signature.query !== undefined)
    return URL.canParse(url) && new URL(url).searchParams.has(signature.query)
  const wanted = proofHeaders(signature).map(plainName)
  return headers.some(([name]) => wanted.includes(plainName(name)))
}

function proofFirst(names: readonly string[], { signature }: SchemeDescriptor): readonly string[] {
  const proof = proofHeaders(signature).map(plainName)
  return names.toSorted((a, b) => Number(proof.includes(plainName(b))) - Number(proof.includes(plainName(a))))
}

function proofHeaders(signature: SchemeDescriptor['signature']): readonly string[] {
  if ('encoding' in signature) return signatureHeaderNames(signature)
  return [('header' in signature && signature.header) || 'authorization']
}

function ownHeaders({
  signature,
  timestamp,
  deliveryId,
  eventType,
  attributes = {},
}: SchemeDescriptor): ReadonlySet<string> {
  const sources: readonly unknown[] = [timestamp, deliveryId, eventType, ...Object.values(attributes)]
  const others = sources.flatMap((source) => {
    const header = typeof source === 'object' && source !== null && 'header' in source && source.header
    return typeof header === 'string' ? [header] : []
  })
  return new Set([...proofHeaders(signature), ...others].map(plainName))
}
