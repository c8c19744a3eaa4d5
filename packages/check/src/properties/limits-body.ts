import { writeHead } from '@countersign/testing/http'
import { withoutHeader } from '../deliveries/edit-proof.js'
import { forgeDelivery } from '../deliveries/forge.js'
import type { Examination, SentProbe } from '../examination.js'
import { fail, type Judgement, notApplicable, type Property, pass, unknown } from '../property.js'
import { describeReply, type Reply } from '../wire/reply.js'

const mebibyte = 1_048_576
const pieceBytes = mebibyte / 4
/** The longest time to keep sending a body. */
const patienceMs = 30_000

/** How the request declares the length of its body. */
type Framing = 'Content-Length' | 'chunks'

export const limitsBody: Property = {
  name: 'limits-body',
  says: 'stops reading a body that is far too large',
  judge: async (examination) => {
    if (examination.deliveries.make().method === 'GET') return notApplicable('deliveries have no body')
    const total = totalOf(examination)
    const ends: string[] = []
    for (const framing of ['Content-Length', 'chunks'] as const) {
      const judgement = await judgePour(examination, framing, total)
      if (judgement.verdict !== 'pass') return judgement
      ends.push(judgement.evidence)
    }
    return pass(ends.join('; '))
  },
}

/** More than any receiver would accept on purpose, even if the assumed limit is wrong. */
function totalOf({ limits }: Examination): number {
  return Math.max(limits.maxBodyBytes * 4, 64 * mebibyte)
}

async function judgePour(examination: Examination, framing: Framing, total: number): Promise<Judgement> {
  const { sent, reply, isStuck } = await pour(examination, framing, total)
  const place = sent < total ? 'before the end' : 'after the end'
  const evidence = `${framing}: ${describeReply(reply)} ${place} of ${total / mebibyte} MiB`
  if (sent < total && reply.end === 'silent')
    return isStuck
      ? fail('hangs-on-large-body', evidence)
      : unknown(evidence, 'The connection is too slow for this probe.')
  // A time limit is no size limit: on a faster connection the receiver would have read the rest.
  if (reply.status === 408)
    return unknown(
      evidence,
      'The time limit for a body ended before its size limit was reached: allow more time for the check.',
    )
  // 413 after the last byte: from outside, nobody can see whether the receiver kept the bytes or dropped them.
  if (sent < total || reply.status === 413 || reply.end === 'dropped') return pass(evidence)
  return reply.end === 'silent' ? fail('hangs-on-large-body', evidence) : fail('no-body-limit', evidence)
}

/** Sends a forged body piece by piece until the receiver answers or closes the connection. */
async function pour(examination: Examination, framing: Framing, total: number) {
  const { scheme, deliveries, limits } = examination
  const request = withoutHeader(forgeDelivery(scheme, deliveries), 'content-length')
  const length = framing === 'chunks' ? 'transfer-encoding: chunked' : `content-length: ${total}`
  const head = writeHead(
    { method: request.method, target: request.url, headers: examination.headersFor(request) },
    [length],
  )
  const connection = examination.connect()
  await connection.send(head, limits.answerMs)
  const piece = Buffer.alloc(pieceBytes, ' ')
  const framed =
    framing === 'chunks'
      ? Buffer.concat([Buffer.from(`${pieceBytes.toString(16)}\r\n`), piece, Buffer.from('\r\n')])
      : piece
  const until = performance.now() + patienceMs
  let sent = 0
  let isStuck = false
  while (sent < total && !connection.hasActivity && !isStuck && performance.now() < until) {
    isStuck = !(await connection.send(framed, limits.answerMs))
    if (!isStuck) sent += pieceBytes
  }
  if (sent >= total && framing === 'chunks') void connection.send('0\r\n\r\n')
  const reply = await connection.reply(sent < total && !connection.hasActivity ? 0 : limits.answerMs)
  const tried: SentProbe = {
    what: `a body of ${total / mebibyte} MiB`,
    request: { ...request, body: new Uint8Array() },
    isValid: false,
    reply,
  }
  examination.record(tried)
  return { sent, reply: reply satisfies Reply, isStuck }
}
