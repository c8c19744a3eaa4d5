import { setTimeout as wait } from 'node:timers/promises'
import { writeHead } from '@countersign/testing/http'
import { forgeDelivery } from '../deliveries/forge.js'
import type { Examination } from '../examination.js'
import { fail, type Judgement, notApplicable, type Property, pass, unknown } from '../property.js'
import type { ProbeConnection } from '../wire/probe-connection.js'
import { describeReply, formatDuration } from '../wire/reply.js'

/** Web servers allow 60 seconds for a head and look every 30: a connection that is open before that may still be closed. */
const usualHeadMs = 90_000
/** Enough for the receiver to have begun with the stalled request. */
const settleMs = 100

export const endsStalledBody: Property = {
  name: 'ends-stalled-body',
  says: 'ends a request whose body does not arrive, and serves others meanwhile',
  judge: async (examination) => {
    const { scheme, deliveries, limits } = examination
    const request = forgeDelivery(scheme, deliveries)
    if (request.method === 'GET') return notApplicable('deliveries have no body')
    const head = writeHead(
      { method: request.method, target: request.url, headers: examination.headersFor(request) },
      [`content-length: ${request.body.length}`],
    )
    const connection = examination.connect()
    void connection.send(`${head}{`)
    const [isEnded, isBlocked] = await Promise.all([
      connection.waitForActivity(limits.stallMs),
      blocksOthers(examination),
    ])
    const judgement = await judgeStall(connection, isEnded, examination, 'keeps-stalled-body')
    if (!isBlocked) return judgement
    const evidence = 'no other request was answered while one waited for its body'
    return limits.isStallLimitGiven
      ? fail('one-stall-blocks-all', evidence)
      : unknown(evidence, 'Set the required limit with --timeout.', 'one-stall-blocks-all')
  },
}

export const endsSlowHead: Property = {
  name: 'ends-slow-head',
  says: 'ends a request whose headers do not arrive',
  judge: async (examination) => {
    const connection = examination.connect()
    void connection.send(
      `POST ${examination.target.path} HTTP/1.1\r\nhost: ${examination.target.url.host}\r\nx-`,
    )
    const isEnded = await connection.waitForActivity(examination.limits.stallMs)
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
  if (isEnded) return pass(`ended after ${formatDuration(reply.ms)}: ${describeReply(reply)}`)
  const evidence = `still open after ${formatDuration(stallMs)}`
  if (fault === 'keeps-slow-head' && stallMs < usualHeadMs)
    return unknown(evidence, 'Web servers allow 60 s or more; --timeout 90 waits for that.')
  return isStallLimitGiven
    ? fail(fault, evidence)
    : unknown(evidence, 'Set the required limit with --timeout, for example --timeout 15.')
}

async function blocksOthers(examination: Examination): Promise<boolean> {
  await wait(settleMs)
  const connection = examination.connect()
  const request = examination.deliveries.make()
  void connection.send(examination.write(request))
  const reply = await connection.reply(examination.limits.stallMs)
  examination.record({ what: 'a valid delivery beside a stalled one', request, isValid: true, reply })
  return reply.end === 'silent'
}
