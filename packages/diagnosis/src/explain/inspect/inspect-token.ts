import type { SecretValue, TokenProof } from '@countersign/core'
import { keyVariants } from '../../recompute/key-variants.js'
import { headerCause } from '../judge/place-faults.js'
import type { Clue, Scene } from './clue.js'
import { inspectBasic } from './inspect-basic.js'

/**
 * Why a token or Basic credentials are refused. They do not depend on the body, so that what is found here is a hint
 * however well it fits.
 */
export function inspectToken(scene: Scene): readonly Clue[] {
  const { signature } = scene.options.scheme
  if (signature.algorithm === 'basic') return inspectBasic(scene)
  if (signature.algorithm !== 'token') return []
  const wanted = textsOf(scene)
  const clues = offersIn(scene, signature).flatMap((offer) => cluesOf(offer, signature, wanted))
  return clues.sort((a, b) => a.rank - b.rank)
}

/** A value that came, and where. */
interface Offer {
  readonly name: string
  readonly text: string
  /** It stands where the scheme looks. */
  readonly isPlace: boolean
}

function offersIn({ capture }: Scene, { header, query }: TokenProof): readonly Offer[] {
  const inHeaders = capture.headers.map(([name, text]) => ({
    name,
    text,
    isPlace: name.toLowerCase() === header?.toLowerCase(),
  }))
  const parameters = URL.canParse(capture.url) ? [...new URL(capture.url).searchParams] : []
  return [...inHeaders, ...parameters.map(([name, text]) => ({ name, text, isPlace: name === query }))]
}

function cluesOf(
  { name, text, isPlace }: Offer,
  { header, prefix = '' }: TokenProof,
  wanted: ReadonlyMap<string, readonly string[]>,
): readonly Clue[] {
  const asRead = text.startsWith(prefix) ? text.slice(prefix.length) : undefined
  const bare = asRead ?? text
  const readings = [bare, bare.trim(), text.replace(/^\w+[ =:]+/, ''), percentDecoded(bare)]
  const found = readings.find((reading) => wanted.has(reading))
  if (found === undefined) return []
  const ofSecret = (wanted.get(found) ?? []).map((cause) => ({ cause, rank: 1.2 }))
  const isRenamed = header !== undefined && headerCause(name, header) === 'sig.header-case'
  const place: Clue = {
    cause: isRenamed ? 'sig.header-case' : 'token.elsewhere',
    rank: 1,
    detail: JSON.stringify(name),
  }
  if (!isPlace) return [place, ...ofSecret]
  return found === asRead ? ofSecret : [{ cause: 'token.prefix', rank: 1.1 }, ...ofSecret]
}

/** The texts a token may be, and the faults of the secrets that lead to each. */
function textsOf({ options: { secrets, scheme } }: Scene): ReadonlyMap<string, readonly string[]> {
  const values: readonly SecretValue[] = secrets.map(({ value }) => value)
  const texts = new Map<string, readonly string[]>()
  for (const { bytes, faults } of keyVariants(values, scheme)) {
    const text = Buffer.from(bytes).toString('utf8')
    if (!texts.has(text))
      texts.set(
        text,
        faults.map(({ cause }) => cause),
      )
  }
  return texts
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
