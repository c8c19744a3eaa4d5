import { describeAsymmetric } from '../../asymmetric/asymmetric-signature.js'
import { findAsymmetric } from '../../asymmetric/find-asymmetric.js'
import { headerCause } from '../judge/place-faults.js'
import { hasProof, type OtherScheme } from '../other-scheme/find-other-scheme.js'
import type { Clue, Scene } from './clue.js'

/**
 * What the names of the headers say before anything is computed: that the proof is not there, of what other scheme the
 * delivery seems to be, that a private key has signed it. Empty where the scheme's own proof came, right or wrong.
 */
export function inspectHeaders(scene: Scene, other: OtherScheme | undefined): readonly Clue[] {
  const { capture, options } = scene
  if (hasProof(capture, options.scheme)) return []
  const asymmetric = findAsymmetric(capture)
  const clues: Clue[] = [{ cause: 'sig.header-missing', rank: 0, detail: whatCame(scene, other) }]
  if (other) clues.push({ cause: 'request.other-scheme', rank: 0, detail: describeOther(other) })
  if (asymmetric) clues.push({ cause: 'sig.asymmetric', rank: 0, detail: describeAsymmetric(asymmetric) })
  return clues
}

/** The other scheme, and the headers that tell it. */
export function describeOther({ scheme, code, headers, isCommon, isProved }: OtherScheme): string {
  const came = headers.slice(0, 3).map((name) => JSON.stringify(name))
  const list = came.length > 1 ? `${came.slice(0, -1).join(', ')} and ${came.at(-1)}` : `${came[0]}`
  const fits = isProved ? 'is signed as' : isCommon ? 'may be of many senders, among them' : 'looks like'
  return `It ${fits} a delivery of "${scheme.name}": ${list} came. Use ${code} of @countersign/core/schemes`
}

/** What came in the place of the proof. */
function whatCame({ capture, options: { scheme } }: Scene, other: OtherScheme | undefined): string {
  if (other) return `${JSON.stringify(other.headers[0])} came, which is of "${other.scheme.name}"`
  const { signature } = scheme
  const isSecret = signature.algorithm === 'token' || signature.algorithm === 'basic'
  const alike = capture.headers.filter(([name]) => (isSecret ? likeToken : likeSignature).test(name))
  const renamed = alike.find(
    ([name]) =>
      'header' in signature &&
      signature.header !== undefined &&
      headerCause(name, signature.header) === 'sig.header-case',
  )
  const [name] = renamed ?? alike[0] ?? []
  if (name !== undefined)
    return `${JSON.stringify(name)} came, which looks like ${isSecret ? 'a token' : 'a signature'}`
  return `none of the ${capture.headers.length} headers that came looks like ${isSecret ? 'a token' : 'one'}`
}

const likeSignature = /sig(nature)?(-|_|$)|signature|hmac|digest|(^|[-_])mac(-|_|$)/i
const likeToken = /token|secret|auth|key/i
