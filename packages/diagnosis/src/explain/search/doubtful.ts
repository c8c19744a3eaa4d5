import type { HmacProof } from '@countersign/core'
import type { Capture } from '../../captures/capture.js'
import { computeDigest } from '../../recompute/compute-digest.js'
import { keyVariants } from '../../recompute/key-variants.js'
import type { Clue } from '../inspect/clue.js'
import { algorithmsFor } from './algorithms.js'
import { contentParts } from './content-parts.js'
import type { PlaceMap } from './place-map.js'
import { rankedTemplates } from './ranked-templates.js'
import type { SearchInput } from './search-plan.js'
import type { Stopwatch } from './stopwatch.js'

/** Keys that a sender has when its own configuration is not filled in. */
const guesses = [
  '',
  'undefined',
  'null',
  'None',
  'secret',
  'changeme',
  'test',
  'your-secret',
  'your-webhook-secret',
]
const nearTemplates = 60

/**
 * Looks for signatures that match and prove nothing, where nothing else has matched: of an empty body, of no body, under a
 * key anybody has, or cut short.
 */
export function findDoubtful(
  capture: Capture,
  { scheme, secrets }: SearchInput,
  places: PlaceMap,
  watch: Stopwatch,
): readonly Clue[] {
  const { own, others } = rankedTemplates(scheme, capture)
  const algorithms = algorithmsFor(scheme, places.lengths).own.map(({ algorithm }) => algorithm)
  const keys = keyVariants(
    secrets.map(({ value }) => value),
    scheme,
  ).filter(({ faults }) => faults.length <= 1)
  const templates = [...own, ...others().slice(0, nearTemplates)].map(({ template }) => template)
  const matches = (key: Uint8Array, parts: readonly Uint8Array[]) =>
    !watch.isOver(parts.reduce((sum, { length }) => sum + length, 0)) &&
    algorithms.some((algorithm) => places.at(computeDigest(algorithm, key, parts)))
  const clues: Clue[] = []
  const withBody = contentParts(capture.body)
  const withoutBody = contentParts(new Uint8Array())
  for (const template of own) {
    for (const guess of guesses) {
      const cause = guess === '' ? 'secret.empty' : 'secret.guessable'
      if (matches(Buffer.from(guess), withBody(template.template))) clues.push({ cause, rank: 0.5 })
    }
  }
  for (const { bytes } of keys) {
    for (const template of templates) {
      if (capture.body.length > 0 && matches(bytes, withoutBody(template)))
        clues.push({
          cause:
            template.before.length + template.after.length > 0
              ? 'tmpl.body-not-covered'
              : 'body.signed-empty',
          rank: 0.6,
        })
      if (clues.length > 0) return clues
    }
  }
  return clues
}

/** Of a signature that was cut, whether what is left is the beginning of the right one. */
export function isBeginning(
  capture: Capture,
  { scheme, secrets }: SearchInput,
  headerValue: string | undefined,
): boolean {
  const { signature } = scheme
  if (!('encoding' in signature) || headerValue === undefined) return false
  const text = lastToken(headerValue, signature)
  if (text.length < 8) return false
  const [key] = keyVariants(
    secrets.slice(0, 1).map(({ value }) => value),
    scheme,
  )
  const [own] = rankedTemplates(scheme, capture).own
  if (!key || key.faults.length > 0 || !own) return false
  const digest = computeDigest(signature.algorithm, key.bytes, contentParts(capture.body)(own.template))
  return digest.toString(signature.encoding).startsWith(text)
}

function lastToken(value: string, { encoding }: HmacProof): string {
  const pattern = encoding === 'hex' ? /[0-9a-f]+$/i : /[\w+/-]+$/
  const token = pattern.exec(value.trim().replace(/=+$/, ''))?.[0] ?? ''
  return encoding === 'hex' ? token.toLowerCase() : token
}
