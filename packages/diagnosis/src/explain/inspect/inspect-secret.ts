import type { SchemeDescriptor } from '@countersign/core'
import { isVersioned, withoutPrefix } from '@countersign/testing/sender'
import type { Clue, Scene } from './clue.js'
import { signsOfIntactBody } from './intact-body.js'

const placeholder =
  /^(undefined|null|nan|none|true|false|todo|tbd|x+|\*+|change[-_ ]?me|replace[-_ ]?me|placeholder|your[-_ ].*|<.*>|\$\{?\w+\}?|\[object \w+\]|whsec_(\.{3}|x+|\*+)?)$/i
/** What known senders put before a secret, and how long the rest is at least. */
const knownForms: readonly (readonly [prefix: RegExp, length: number])[] = [
  [/^(v\d{1,3}[a-z]?[,=:; ])?whsec_/, 24],
  [/^pdl_/, 24],
  [/^(sk|rk|pk)_(live|test)_/, 24],
  [/^(shpss|shpat)_/, 32],
]
const shortBytes = 16

/** What a secret looks like when it was not set, cut off, or is something else. */
export function inspectSecret(scene: Scene): readonly Clue[] {
  const intact = signsOfIntactBody(scene)
  // Before what only may have happened to the body, and behind what can be seen of the secret or the signature.
  const wrong: readonly Clue[] = intact ? [{ cause: 'secret.wrong', rank: 3.8, detail: intact }] : []
  return [...cluesOf(scene), ...wrong]
}

function cluesOf({ secret, places, options: { scheme } }: Scene): readonly Clue[] {
  const text = secret.trim()
  if (text === '' || text === ':') return [{ cause: 'secret.empty', rank: 1 }]
  if (placeholder.test(text)) return [{ cause: 'secret.placeholder', rank: 1 }]
  const clues: Clue[] = []
  const length = `${[...text].length} characters`
  const known = knownForms.find(([prefix]) => prefix.test(text))
  if (known && text.replace(known[0], '').length < known[1])
    clues.push({ cause: 'secret.env-interpolated', rank: 3, detail: length })
  else if (/\$\{|\$$|^\$|#$/.test(text))
    clues.push({ cause: 'secret.env-interpolated', rank: 3.5, detail: length })
  else if ('encoding' in scheme.signature && Buffer.byteLength(text) < shortBytes)
    clues.push({ cause: 'secret.env-interpolated', rank: 6, detail: length })
  const problem = formProblem(text, scheme.secret)
  if (problem) clues.push({ cause: 'secret.wrong-form', rank: 3, detail: problem })
  // A header that holds a signature holds no key: what the two have in common is the label before them.
  if (isVersioned(text) && places.lengths.size > 0) clues.push({ cause: 'secret.prefix-kept', rank: 2.5 })
  else if (/^(t=\d+,|(sha\d+|v\d)[=,][\w+/=-]{30,}|ts=\d+;)/.test(text))
    clues.push({ cause: 'sig.args-swapped', rank: 2 })
  return clues
}

function formProblem(
  text: string,
  { encoding, prefix }: NonNullable<SchemeDescriptor['secret']> = { encoding: 'utf8' },
): string | undefined {
  if (/^(\.{0,2}\/[\w.-]+)+$/.test(text)) return 'it looks like the path of a file'
  if (/^https?:\/\//i.test(text)) return 'it is a URL'
  if (/^-----BEGIN/.test(text)) return 'it is a key or certificate in PEM, not a shared secret'
  const rest = withoutPrefix(text, prefix)
  if (encoding === 'hex' && !/^([0-9a-f]{2})+$/i.test(rest)) return 'it is not hex'
  return encoding === 'base64' && !/^[\w+/-]+={0,2}$/.test(rest) ? 'it is not base64' : undefined
}
