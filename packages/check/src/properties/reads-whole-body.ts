import { setTimeout as wait } from 'node:timers/promises'
import { nonAscii } from '../deliveries/body-forms.js'
import type { Examination, Probe, Tried } from '../examination.js'
import type { CheckFault } from '../faults.js'
import { judgeAccepted, listTried } from '../judge-replies.js'
import { type Judgement, notApplicable, type Property, unknown } from '../property.js'

/** Long enough for the first piece to be read alone. */
const pauseMs = 40

export const readsWholeBody: Property = {
  name: 'reads-whole-body',
  says: 'reads a body that comes in pieces, even where they part a character',
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
    // Behind the first byte of a character that has several.
    const at = request.body.findIndex((byte) => byte >= 0x80) + 1
    const second = await sendInPieces(examination, { what: 'two pieces that part a character', request }, at)
    return judgePieces(examination, [first, second], 'garbles-split-characters')
  },
}

/** On a machine that is busy the second piece may come too late. */
function judgePieces(examination: Examination, tried: readonly Tried[], fault: CheckFault): Judgement {
  if (tried.some(({ reply }) => reply.status === 408))
    return unknown(`taken for too slow: ${listTried(tried)}`)
  return judgeAccepted(examination, tried, fault)
}

async function sendInPieces(examination: Examination, probe: Probe, at: number): Promise<Tried> {
  const text = examination.write(probe.request)
  const cut = text.length - probe.request.body.length + at
  const connection = examination.connect()
  await connection.send(text.slice(0, cut))
  await wait(pauseMs)
  void connection.send(text.slice(cut))
  const reply = await connection.reply(examination.limits.validMs)
  return examination.note({ ...probe, isValid: true, reply })
}
