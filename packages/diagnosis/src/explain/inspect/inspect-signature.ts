import type { HmacProof } from '@countersign/core'
import { signatureHeaderNames } from '@countersign/testing/sender'
import { describeAsymmetric } from '../../asymmetric/asymmetric-signature.js'
import { findAsymmetric } from '../../asymmetric/find-asymmetric.js'
import { splitValue } from '../../recompute/places/split-value.js'
import type { Clue, Scene } from './clue.js'

const lengths: Readonly<Record<string, number>> = {
  'hmac-sha1': 20,
  'hmac-sha256': 32,
  'hmac-sha384': 48,
  'hmac-sha512': 64,
}

/** What a signature looks like when it is missing, cut, or no MAC at all. */
export function inspectSignature(scene: Scene): readonly Clue[] {
  const { signature } = scene.options.scheme
  if (!('encoding' in signature)) return []
  const [value] = signatureHeaderNames(signature).flatMap((name) => scene.valuesOf(name))
  const clues = staticToken(scene)
  // That it is missing is said of the headers.
  if (value === undefined) return clues
  const sizes = signatureSizes(value, signature)
  const wanted = lengths[signature.algorithm] ?? 32
  if (sizes.some(isAsymmetric(wanted)))
    clues.push({ cause: 'sig.asymmetric', rank: 2, detail: ofPrivateKey(scene) })
  const longest = Math.max(0, ...sizes)
  if (longest >= 4 && longest < wanted && !sizes.includes(wanted))
    clues.push({ cause: 'sig.truncated', rank: 2, detail: `${longest} of ${wanted} bytes` })
  if (/\[?(withheld|redacted|filtered|masked)\]?|\*{3,}|…|\.\.\.$/i.test(value) || sizes.length === 0)
    clues.push({ cause: 'sig.not-in-alphabet', rank: 3, detail: `${value.length} characters` })
  const count = sizes.filter((size) => size === wanted).length
  if (count > 1) clues.push({ cause: 'sig.second-of-many', rank: 5, detail: `${count}` })
  if (/\{\{?\w+\}?\}|\$\{\w+\}|%\w+%/.test(value)) clues.push({ cause: 'tmpl.unsubstituted', rank: 1.5 })
  return clues
}

/** The lengths in bytes that the parts of a header may have in the scheme's form. An odd digit counts as half a byte. */
function signatureSizes(value: string, proof: HmacProof): readonly number[] {
  const pieces = splitValue(value).filter(({ prefix, pairs, list }) =>
    proof.pairs ? pairs?.key === proof.pairs.key : proof.list ? list || prefix !== '' : !pairs && !list,
  )
  const texts = [...new Set(pieces.map(({ text }) => text))]
  return texts.flatMap((text) => {
    if (proof.encoding === 'hex') return /^[0-9a-f]+$/i.test(text) ? [text.length / 2] : []
    return /^[\w+/-]+={0,2}$/.test(text) ? [Math.floor((text.replace(/=+$/, '').length * 3) / 4)] : []
  })
}

/** Ed25519 has 64 bytes, ECDSA in DER some 70 (P-256) to 104, RSA as many as its key. */
const isAsymmetric = (wanted: number) => (size: number) =>
  size !== wanted &&
  (size === 64 || (size >= 70 && size <= 72) || [96, 102, 103, 104, 256, 384, 512].includes(size))

/** What is known of a signature with a private key, where it is more than its length. */
function ofPrivateKey({ capture }: Scene): string | undefined {
  const found = findAsymmetric(capture)
  return found?.isCertain ? describeAsymmetric(found) : undefined
}

/** The secret itself, in a header: compared without haste, since no stranger waits for it. */
function staticToken({ capture, secret }: Scene): Clue[] {
  const text = secret.trim()
  if (text.length < 4) return []
  const isThere = capture.headers.some(
    ([, value]) => value.trim().replace(/^(Bearer|Token|Basic) +/i, '') === text,
  )
  return isThere ? [{ cause: 'sig.static-token', rank: 1 }] : []
}
