import { setTimeout as wait } from 'node:timers/promises'
import { nonAscii } from '../deliveries/body-forms.js'
import type { Examination, Probe, SentProbe } from '../examination.js'
import type { CheckFault } from '../faults.js'
import { judgeAccepted, listProbes } from '../judge-replies.js'
import { type Judgement, notApplicable, type Property, unknown } from '../property.js'

/** Long enough that the receiver reads the first piece alone. */
const pauseMs = 40

export const readsWholeBody: Property = {
  name: 'reads-whole-body',
  says: 'reads a body that arrives in pieces, even if they split a character',
  judge: async (examination) => {
    const { deliveries, faults } = examination
    const plain = deliveries.make()
    if (plain.method === 'GET') return notApplicable('deliveries have no body')
    const half = plain.body.length >> 1
    const first = await sendInPieces(examination, { what: 'a body in two pieces', request: plain }, half)
    const judgement = judgePieces(examination, [first], 'reads-first-piece')
    if (judgement.verdict !== 'pass' || faults.has('decodes-body') || faults.has('re-serialises-body'))
      return judgement
    const request = deliveries.make({ form: nonAscii })
    // After the first byte of a multi-byte character.
    const at = request.body.findIndex((byte) => byte >= 0x80) + 1
    const second = await sendInPieces(examination, { what: 'two pieces that split a character', request }, at)
    return judgePieces(examination, [first, second], 'garbles-split-characters')
  },
}

/** On a busy machine the second piece may arrive too late. */
function judgePieces(examination: Examination, tried: readonly SentProbe[], fault: CheckFault): Judgement {
  if (tried.some(({ reply }) => reply.status === 408))
    return unknown(`refused as too slow: ${listProbes(tried)}`)
  return judgeAccepted(examination, tried, fault)
}

async function sendInPieces(examination: Examination, probe: Probe, at: number): Promise<SentProbe> {
  const text = examination.write(probe.request)
  const cut = text.length - probe.request.body.length + at
  const connection = examination.connect()
  await connection.send(text.slice(0, cut))
  await wait(pauseMs)
  void connection.send(text.slice(cut))
  const reply = await connection.reply(examination.limits.validMs)
  return examination.record({ ...probe, isValid: true, reply })
}
