import { setTimeout as wait } from 'node:timers/promises'
import type { SignedRequest } from '@countersign/testing'
import { countRuns, isRecognised } from '../count-runs.js'
import { classifyIdentity } from '../deliveries/scheme-traits.js'
import type { Examination, SentProbe } from '../examination.js'
import { judgeRuns, noIdentity } from '../judge-runs.js'
import { fail, type Judgement, notApplicable, type Property, pass } from '../property.js'
import { formatDuration, isAccepted } from '../wire/reply.js'

const copies = 10
/** Several rounds, because a race may be lost only now and then. */
const rounds = 3
/** A server that serves one connection at a time does not accept the others until then. */
const connectMs = 300
/** A faster receiver handles a delivery before a second one can be sent. */
const slowMs = 40

export const handlesCopiesOnce: Property = {
  name: 'handles-copies-once',
  says: 'handles a delivery once if several copies arrive at the same time',
  hiddenBy: ['runs-twice'],
  judge: async (examination) => {
    const { deliveries, scheme } = examination
    if (!classifyIdentity(scheme, deliveries.payload())) return notApplicable(noIdentity)
    const batches: (readonly SentProbe[])[] = []
    const { tried, runs } = await countRuns(examination, rounds, async () => {
      for (let round = 0; round < rounds; round++)
        batches.push(await sendAtOnce(examination, deliveries.make()))
      return batches.flat()
    })
    const judgement = judgeRuns(runs, rounds, tried, 'runs-twice-at-once')
    if (judgement.verdict === 'fail') return judgement
    const early = await findEarlyAck(examination)
    if (early) return early
    return judgement.verdict === 'unknown' ? judgeAnswers(examination, batches, judgement) : judgement
  },
}

/** Opens the connections before the first byte is sent, as far as the server accepts them. */
async function sendAtOnce(examination: Examination, request: SignedRequest): Promise<readonly SentProbe[]> {
  const connections = Array.from({ length: copies }, () => examination.connect())
  await Promise.race([Promise.all(connections.map(({ ready }) => ready)), wait(connectMs)])
  const bytes = examination.write(request)
  return Promise.all(
    connections.map(async (connection) => {
      void connection.send(bytes)
      const reply = await connection.reply(examination.limits.validMs)
      return examination.record({ what: 'a copy', request, isValid: true, reply })
    }),
  )
}

/** Answers show how many copies ran only if the receiver answers repetitions differently. */
async function judgeAnswers(
  examination: Examination,
  batches: readonly (readonly SentProbe[])[],
  judgement: Judgement,
): Promise<Judgement> {
  const fresh = await examination.freshDeliveries()
  const firsts = batches.map((batch) =>
    batch.filter(({ reply }) => isAccepted(reply) && !isRecognised(reply, fresh)),
  )
  if (!examination.distinguishesRepetitions) return judgement
  const most = Math.max(...firsts.map(({ length }) => length))
  if (most > 1)
    return fail('runs-twice-at-once', `${most} of ${copies} copies at once were answered as first deliveries`)
  return firsts.every(({ length }) => length === 1)
    ? pass(`one of ${copies} copies at once was answered as a first delivery, in each of ${rounds} rounds`)
    : judgement
}

/** Whether a copy is answered 2xx at once while the first is still being handled. Tried twice, to rule out chance. */
async function findEarlyAck(examination: Examination): Promise<Judgement | undefined> {
  const fresh = await examination.freshDeliveries()
  const usualMs = Math.min(...fresh.map(({ reply }) => reply.ms))
  if (usualMs < slowMs) return undefined
  let evidence = ''
  for (let round = 0; round < 2; round++) {
    const request = examination.deliveries.make()
    const first = examination.connect()
    void first.send(examination.write(request))
    await wait(Math.min(usualMs / 4, 200))
    const copy = await examination.sendValid({ what: 'a copy of a delivery that is being handled', request })
    // Leaves time for an answer that was sent at the same moment.
    await wait(Math.min(usualMs / 8, 20))
    const isEarly = !first.hasActivity && isAccepted(copy.reply) && copy.reply.ms < usualMs * 0.7
    const { status } = await first.reply(examination.limits.validMs)
    if (!isEarly || status === 0) return undefined
    evidence = `a copy was answered ${copy.reply.status} in ${formatDuration(copy.reply.ms)}, while the first was still being handled (${formatDuration(usualMs)})`
  }
  return fail('acks-running-duplicate', evidence)
}
