import { setTimeout as wait } from 'node:timers/promises'
import type { SignedRequest } from '@countersign/testing'
import { countRuns, isToldApart } from '../count-runs.js'
import { identityOf } from '../deliveries/scheme-traits.js'
import type { Examination, Tried } from '../examination.js'
import { judgeRuns, noIdentity } from '../judge-runs.js'
import { fail, type Judgement, notApplicable, type Property, pass } from '../property.js'
import { isAccepted, seconds } from '../wire/reply.js'

const copies = 10
/** A race that is seldom lost is lost in one of several. */
const rounds = 3
/** A server that serves one connection at a time does not take the others before. */
const connectMs = 300
/** Below that, a delivery is handled before a second can be sent. */
const slowMs = 40

export const handlesCopiesOnce: Property = {
  name: 'handles-copies-once',
  says: 'handles a delivery once that comes several times at the same time',
  hiddenBy: ['runs-twice'],
  judge: async (examination) => {
    const { deliveries, scheme } = examination
    if (!identityOf(scheme, deliveries.payload())) return notApplicable(noIdentity)
    const batches: (readonly Tried[])[] = []
    const { tried, runs } = await countRuns(examination, rounds, async () => {
      for (let round = 0; round < rounds; round++)
        batches.push(await sendAtOnce(examination, deliveries.make()))
      return batches.flat()
    })
    const judgement = judgeRuns(runs, rounds, tried, 'runs-twice-at-once')
    if (judgement.verdict === 'fail') return judgement
    const early = await ackEarly(examination)
    if (early) return early
    return judgement.verdict === 'unknown' ? judgeAnswers(examination, batches, judgement) : judgement
  },
}

/** The connections are there before the first byte is sent, as far as the server takes them. */
async function sendAtOnce(examination: Examination, request: SignedRequest): Promise<readonly Tried[]> {
  const connections = Array.from({ length: copies }, () => examination.connect())
  await Promise.race([Promise.all(connections.map(({ ready }) => ready)), wait(connectMs)])
  const bytes = examination.write(request)
  return Promise.all(
    connections.map(async (connection) => {
      void connection.send(bytes)
      const reply = await connection.reply(examination.limits.validMs)
      return examination.note({ what: 'a copy', request, isValid: true, reply })
    }),
  )
}

/** Only where plain repetitions are told from first deliveries do answers tell how many ran. */
async function judgeAnswers(
  examination: Examination,
  batches: readonly (readonly Tried[])[],
  judgement: Judgement,
): Promise<Judgement> {
  const fresh = await examination.fresh()
  const firsts = batches.map((batch) =>
    batch.filter(({ reply }) => isAccepted(reply) && !isToldApart(reply, fresh)),
  )
  if (!examination.tellsRepetitions) return judgement
  const most = Math.max(...firsts.map(({ length }) => length))
  if (most > 1)
    return fail('runs-twice-at-once', `${most} of ${copies} copies at once were answered as first deliveries`)
  return firsts.every(({ length }) => length === 1)
    ? pass(`one of ${copies} copies at once was answered as a first delivery, in each of ${rounds} rounds`)
    : judgement
}

/** Whether a copy is answered 2xx at once while the first is still being handled: twice, so that it is no accident. */
async function ackEarly(examination: Examination): Promise<Judgement | undefined> {
  const fresh = await examination.fresh()
  const usualMs = Math.min(...fresh.map(({ reply }) => reply.ms))
  if (usualMs < slowMs) return undefined
  let evidence = ''
  for (let round = 0; round < 2; round++) {
    const request = examination.deliveries.make()
    const first = examination.connect()
    void first.send(examination.write(request))
    await wait(Math.min(usualMs / 4, 200))
    const copy = await examination.valid({ what: 'a copy of a delivery in work', request })
    // An answer that came at the same time is seen by then.
    await wait(Math.min(usualMs / 8, 20))
    const isEarly = !first.hasNews && isAccepted(copy.reply) && copy.reply.ms < usualMs * 0.7
    const { status } = await first.reply(examination.limits.validMs)
    if (!isEarly || status === 0) return undefined
    evidence = `a copy was answered ${copy.reply.status} in ${seconds(copy.reply.ms)}, while the first was still being handled (${seconds(usualMs)})`
  }
  return fail('acks-running-duplicate', evidence)
}
