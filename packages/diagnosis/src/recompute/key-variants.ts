import type { Proof, SchemeDescriptor, SecretValue } from '@countersign/core'
import { type KeyNotation, readKeyText } from './keys/key-readings.js'
import { faultOf, textFaults } from './keys/text-faults.js'
import type { Fault, KeyVariant } from './types.js'

/** A reading of a secret as key bytes, and how a descriptor says it. */
export interface FoundKey extends KeyVariant {
  /** Undefined where no descriptor can say it. */
  readonly notation: KeyNotation | undefined
}

/** More faults than these at once are not looked for, nor two rare ones. */
const maxFaults = 2
const maxCost = 2.3
/** Secrets are short; what is longer is a file that was meant to be something else. */
const maxTextLength = 4_096

/**
 * The readings of secrets as key bytes, fewest faults first; of equal bytes only the cheapest reading. The first secret is
 * the one in use: another's readings have the fault of being another's.
 *
 * @param scheme without one, all plain readings are without faults
 * @param ids what the secrets are called, by which an old one is told from another endpoint's
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
  return cheapest(found.filter(({ faults }) => faults.length <= maxFaults && costOf(faults) <= maxCost))
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

/** The text, and what it may have been before one thing or two happened to it. */
function textVariants(text: string): readonly TextVariant[] {
  const variants = new Map<string, TextVariant>([[text, { text, faults: [] }]])
  if (text.length > maxTextLength) return [...variants.values()]
  for (let count = 1; count <= maxFaults; count++) {
    const before = [...variants.values()].filter(({ faults }) => faults.length === count - 1)
    for (const variant of before) {
      for (const next of undoOne(variant)) {
        const known = variants.get(next.text)
        if (!known || isCheaper(next, known)) variants.set(next.text, next)
      }
    }
  }
  return [...variants.values()]
}

function undoOne({ text, faults }: TextVariant): readonly TextVariant[] {
  return textFaults.flatMap((entry) => {
    const fault = faultOf(entry)
    if (faults.some(({ cause }) => cause === fault.cause)) return []
    const undone = entry.undo(text)
    return undone.flatMap((before) =>
      before !== undefined && before !== '' && before !== text
        ? [{ text: before, faults: [...faults, fault] }]
        : [],
    )
  })
}

function cheapest(found: readonly FoundKey[]): readonly FoundKey[] {
  const variants = new Map<string, FoundKey>()
  for (const key of found) {
    // HMAC fills keys up with zero bytes (RFC 2104), so that these at the end make no difference.
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
  return a.length - b.length || costOf(a) - costOf(b)
}

function costOf(faults: readonly Fault[]): number {
  return faults.reduce((sum, { cost }) => sum + cost, 0)
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

/** Several signatures in a request are how senders rotate secrets. */
function holdsSeveral(signature: Proof): boolean {
  if (!('encoding' in signature)) return false
  const { list, moreHeaders, repeats, pairs } = signature
  return [list, moreHeaders, repeats, pairs?.moreKeys, pairs?.groups, pairs?.values].some(Boolean)
}
