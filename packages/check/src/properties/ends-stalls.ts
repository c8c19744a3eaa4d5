import { setTimeout as wait } from 'node:timers/promises'
import { writeHead } from '@countersign/testing/http'
import { forgedDelivery } from '../deliveries/forge.js'
import type { Examination } from '../examination.js'
import { fail, type Judgement, notApplicable, type Property, pass, unknown } from '../property.js'
import type { ProbeConnection } from '../wire/probe-connection.js'
import { describeEnd, seconds } from '../wire/reply.js'

/** Web servers give a head 60 seconds, and look every 30: what is still open before that may yet be ended. */
const usualHeadMs = 90_000
/** Until the stalled request has surely been taken up. */
const settleMs = 100

export const endsStalledBody: Property = {
  name: 'ends-stalled-body',
  says: 'ends a request whose body does not come, and serves others meanwhile',
  judge: async (examination) => {
    const { scheme, deliveries, limits } = examination
    const request = forgedDelivery(scheme, deliveries)
    if (request.method === 'GET') return notApplicable('deliveries have no body')
    const head = writeHead(
      { method: request.method, target: request.url, headers: examination.headersFor(request) },
      [`content-length: ${request.body.length}`],
    )
    const connection = examination.connect()
    void connection.send(`${head}{`)
    const [isEnded, isBlocked] = await Promise.all([
      connection.news(limits.stallMs),
      blocksOthers(examination),
    ])
    const judgement = await judgeStall(connection, isEnded, examination, 'keeps-stalled-body')
    if (!isBlocked) return judgement
    const evidence = 'while the body of one request did not come, no other was answered'
    return limits.isStallLimitGiven
      ? fail('one-stall-blocks-all', evidence)
      : unknown(evidence, `Give the limit that is required with --timeout.`, 'one-stall-blocks-all')
  },
}

export const endsSlowHead: Property = {
  name: 'ends-slow-head',
  says: 'ends a request whose headers do not come',
  judge: async (examination) => {
    const connection = examination.connect()
    void connection.send(
      `POST ${examination.target.path} HTTP/1.1\r\nhost: ${examination.target.url.host}\r\nx-`,
    )
    const isEnded = await connection.news(examination.limits.stallMs)
    return judgeStall(connection, isEnded, examination, 'keeps-slow-head')
  },
}

async function judgeStall(
  connection: ProbeConnection,
  isEnded: boolean,
  { limits }: Examination,
  fault: 'keeps-stalled-body' | 'keeps-slow-head',
): Promise<Judgement> {
  const { stallMs, isStallLimitGiven, answerMs } = limits
  const reply = await connection.reply(isEnded ? answerMs : 0)
  if (isEnded) return pass(`ended after ${seconds(reply.ms)}: ${describeEnd(reply)}`)
  const evidence = `still open after ${seconds(stallMs)}`
  if (fault === 'keeps-slow-head' && stallMs < usualHeadMs)
    return unknown(evidence, 'Web servers give 60 s and more; --timeout 90 waits for it.')
  return isStallLimitGiven
    ? fail(fault, evidence)
    : unknown(evidence, 'Give the limit that is required with --timeout, as --timeout 15.')
}

async function blocksOthers(examination: Examination): Promise<boolean> {
  await wait(settleMs)
  const connection = examination.connect()
  const request = examination.deliveries.make()
  void connection.send(examination.write(request))
  const reply = await connection.reply(examination.limits.stallMs)
  examination.note({ what: 'a valid delivery beside a stalled one', request, isValid: true, reply })
  return reply.end === 'silent'
}
