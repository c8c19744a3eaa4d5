import type { SchemeDescriptor } from '@countersign/core'
import { editProof } from '../deliveries/edit-proof.js'
import type { Probe } from '../examination.js'
import { judgeHarmless, judgeRefused } from '../judge-replies.js'
import type { Property } from '../property.js'

type Form = readonly [what: string, edit: (proof: string) => string]

/** Everything here holds the right proof, or a part of it. */
export const comparesWholeSignature: Property = {
  name: 'compares-whole-signature',
  says: 'refuses a part of the right proof, and the right proof with something more',
  hiddenBy: ['accepts-forged'],
  judge: async (examination) => {
    const { scheme, deliveries } = examination
    const probes = (forms: readonly Form[]): Probe[] =>
      forms.map(([what, edit]) => ({ what, request: editProof(scheme, deliveries.make(), edit) }))
    const short = await examination.allRefused(probes(shorter))
    const judgement = judgeRefused(examination, short, 'accepts-truncated-signature')
    if (judgement.verdict !== 'pass') return judgement
    const long = await examination.allRefused(probes(longer(scheme)))
    const whole = judgeRefused(examination, [...short, ...long], 'accepts-longer-signature')
    if (whole.verdict !== 'pass') return whole
    return judgeHarmless(await examination.allRefused(probes(garbled)), 'lenient-encoding') ?? whole
  },
}

/** Padding is not part of what was computed. */
const bare = (proof: string) => proof.replace(/=*$/, '')

const shorter: readonly Form[] = [
  ['nothing of the right proof', () => ''],
  ['its first character', (proof) => proof.slice(0, 1)],
  ['its first byte', (proof) => proof.slice(0, 2)],
  ['its first half', (proof) => proof.slice(0, proof.length >> 1)],
  ['all but its last byte', (proof) => bare(proof).slice(0, -2)],
  ['all but its last character', (proof) => bare(proof).slice(0, -1)],
  ['its last half', (proof) => bare(proof).slice(bare(proof).length >> 1)],
]

/** Well-formed, as an encoder writes it. */
function longer({ signature }: SchemeDescriptor): readonly Form[] {
  // Tokens and passwords are text.
  const encoding = 'encoding' in signature ? signature.encoding : 'utf8'
  const join = (...parts: readonly Buffer[]) => Buffer.concat(parts).toString(encoding)
  const read = (proof: string) => Buffer.from(proof, encoding)
  const byte = Buffer.from('0')
  return [
    ['a byte behind the right proof', (proof) => join(read(proof), byte)],
    ['a byte before it', (proof) => join(byte, read(proof))],
    ['it twice in one', (proof) => join(read(proof), read(proof))],
  ]
}

/** A lenient decoder passes over what is no encoding, or stops there. */
const garbled: readonly Form[] = [
  ['characters that encode nothing behind the right proof', (proof) => `${proof}~~`],
  ['a blank in it', (proof) => `${proof.slice(0, 8)} ${proof.slice(8)}`],
]
