import type { Proof, SchemeDescriptor, SecretValue } from '@countersign/core'
import { type KeyNotation, readKeyText } from './keys/key-readings.js'
import { createFault, textFaults } from './keys/text-faults.js'
import { sumCosts } from './sum-costs.js'
import type { Fault, KeyVariant } from './types.js'

/** A secret interpreted as key bytes, and the descriptor setting for it. */
export interface FoundKey extends KeyVariant {
  /** Undefined if no descriptor can express it. */
  readonly notation: KeyNotation | undefined
}

/** More faults at once are not tried, nor two rare ones. */
const maxFaults = 2
const maxCost = 2.3
/** Secrets are short: a longer text is some other file. */
const maxTextLength = 4_096

/**
 * Interpretations of secrets as key bytes, fewest faults first. For equal bytes only the cheapest is kept. The first secret
 * is the configured one; for all others, being a different secret is itself a fault.
 *
 * @param scheme without a scheme, all plain interpretations have no faults
 * @param ids the ids of the secrets, which may show that one is an old secret rather than another endpoint's
 */
export function keyVariants(
  secrets: readonly SecretValue[],
  scheme?: SchemeDescriptor,
  ids: readonly string[] = [],
): readonly FoundKey[] {
  const configured = scheme && (scheme.secret ?? { encoding: 'utf8' })
  const found = secrets.flatMap((secret, index) => {
    const others = scheme && index > 0 ? [otherSecret(scheme, ids[index] ?? '')] : []
    return readSecret(secret, configured).map((reading) => ({
      ...reading,
      secret: index,
      faults: [...others, ...reading.faults],
    }))
  })
  return cheapest(found.filter(({ faults }) => faults.length <= maxFaults && sumCosts(faults) <= maxCost))
}

type Reading = Omit<FoundKey, 'secret'>

function readSecret(secret: SecretValue, configured: KeyNotation | undefined): readonly Reading[] {
  if (secret instanceof Uint8Array) {
    const text = textOf(secret)
    const asBytes: Reading = { bytes: secret, notation: configured, faults: [] }
    return text === undefined ? [asBytes] : [asBytes, ...readTexts(text, configured)]
  }
  if (typeof secret === 'string') return readTexts(secret, configured)
  const { username = '', password = '' } = secret
  const fault: Fault = { cause: 'secret.user-name-included', target: 'secret', cost: 0.9 }
  return [
    ...readTexts(`${username}:${password}`, configured),
    ...readTexts(password, configured).map((reading) => ({
      ...reading,
      faults: [fault, ...reading.faults],
    })),
  ]
}

function readTexts(text: string, configured: KeyNotation | undefined): readonly Reading[] {
  return textVariants(text).flatMap(({ text: variant, faults }) =>
    readKeyText(variant, configured).map((reading) => ({
      ...reading,
      faults: [...faults, ...reading.faults],
    })),
  )
}

interface TextVariant {
  readonly text: string
  readonly faults: readonly Fault[]
}

/** The text, and what it may have been before one or two faults. */
function textVariants(text: string): readonly TextVariant[] {
  const variants = new Map<string, TextVariant>([[text, { text, faults: [] }]])
  if (text.length > maxTextLength) return [...variants.values()]
  for (let count = 1; count <= maxFaults; count++) {
    const before = [...variants.values()].filter(({ faults }) => faults.length === count - 1)
    for (const variant of before) {
      for (const next of revertOne(variant)) {
        const known = variants.get(next.text)
        if (!known || isCheaper(next, known)) variants.set(next.text, next)
      }
    }
  }
  return [...variants.values()]
}

function revertOne({ text, faults }: TextVariant): readonly TextVariant[] {
  return textFaults.flatMap((entry) => {
    const fault = createFault(entry)
    if (faults.some(({ cause }) => cause === fault.cause)) return []
    const originals = entry.revert(text)
    return originals.flatMap((before) =>
      before !== undefined && before !== '' && before !== text
        ? [{ text: before, faults: [...faults, fault] }]
        : [],
    )
  })
}

function cheapest(found: readonly FoundKey[]): readonly FoundKey[] {
  const variants = new Map<string, FoundKey>()
  for (const key of found) {
    // HMAC pads keys with zero bytes (RFC 2104), so zero bytes at the end make no difference.
    const name = Buffer.from(key.bytes).toString('latin1').replace(/\0+$/, '')
    const known = variants.get(name)
    if (!known || isCheaper(key, known)) variants.set(name, key)
  }
  return [...variants.values()].sort(byFaults)
}

function isCheaper(one: { readonly faults: readonly Fault[] }, other: { readonly faults: readonly Fault[] }) {
  return byFaults(one, other) < 0
}

function byFaults(
  { faults: a }: { readonly faults: readonly Fault[] },
  { faults: b }: { readonly faults: readonly Fault[] },
): number {
  return a.length - b.length || sumCosts(a) - sumCosts(b)
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function otherSecret({ signature }: SchemeDescriptor, id: string): Fault {
  const isRotation = holdsSeveral(signature) || /old|prev|new|next|rotat|current|curr/i.test(id)
  return { cause: isRotation ? 'secret.rotated' : 'secret.other-endpoint', target: 'secret', cost: 1 }
}

/** Senders rotate secrets by sending several signatures. */
function holdsSeveral(signature: Proof): boolean {
  if (!('encoding' in signature)) return false
  const { list, moreHeaders, repeats, pairs } = signature
  return [list, moreHeaders, repeats, pairs?.moreKeys, pairs?.groups, pairs?.values].some(Boolean)
}
