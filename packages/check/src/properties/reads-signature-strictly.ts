import type { HmacProof } from '@countersign/core'
import { editProofHeader } from '../deliveries/edit-proof.js'
import type { Examination, Probe } from '../examination.js'
import { judgeHarmless, judgeRefused } from '../judge-replies.js'
import { notApplicable, type Property } from '../property.js'

const algorithms = ['hmac-sha1', 'hmac-sha256', 'hmac-sha384', 'hmac-sha512'] as const

export const readsSignatureStrictly: Property = {
  name: 'reads-signature-strictly',
  says: "refuses signatures of another algorithm or version than the scheme's",
  hiddenBy: ['accepts-forged'],
  judge: async (examination) => {
    const { signature } = examination.scheme
    if (signature.algorithm === 'token' || signature.algorithm === 'basic')
      return notApplicable('nothing is computed')
    if (signature.algorithm === 'custom')
      return notApplicable("only the scheme's own verifier knows how a signature is written")
    const others = await examination.allRefused(otherAlgorithms(examination, signature))
    const judgement = judgeRefused(examination, others, 'accepts-other-algorithm')
    if (judgement.verdict !== 'pass') return judgement
    const prefixes = await examination.allRefused(otherPrefixes(examination, signature))
    return (
      judgeHarmless(prefixes, 'ignores-signature-prefix') ??
      judgeRefused(examination, [...others, ...prefixes], 'accepts-other-algorithm')
    )
  },
}

/** As a request would that names its algorithm: with its name where the scheme's own stands. */
function otherAlgorithms({ scheme, deliveries }: Examination, signature: HmacProof): readonly Probe[] {
  const ownName = signature.algorithm.slice('hmac-'.length)
  return algorithms
    .filter((algorithm) => algorithm !== signature.algorithm)
    .flatMap((algorithm) => {
      const name = algorithm.slice('hmac-'.length)
      const prefixes = new Set([signature.prefix, signature.prefix?.replace(ownName, name)])
      return [...prefixes].map((prefix) => {
        const other = { ...signature, algorithm, ...(prefix !== undefined && { prefix }) }
        return {
          what: `a signature by ${name}${prefix === undefined ? '' : ` behind "${prefix}"`}`,
          request: deliveries.make({ scheme: { ...scheme, signature: other } }),
        }
      })
    })
}

/** The right signature, under the name of another. */
function otherPrefixes({ scheme, deliveries }: Examination, { prefix, pairs }: HmacProof): readonly Probe[] {
  const own = pairs ? `${pairs.key}=` : prefix
  if (own === undefined || own === '') return []
  const renamed = /\d/.test(own) ? own.replace(/\d+/, (digits) => (digits === '9' ? '8' : '9')) : `x${own}`
  return [renamed, ''].flatMap((other) => {
    const request = editProofHeader(scheme, deliveries.make(), (value) => value.replaceAll(own, other))
    return request ? [{ what: other === '' ? 'no prefix' : `the prefix "${other}"`, request }] : []
  })
}
