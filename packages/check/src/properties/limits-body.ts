import { writeHead } from '@countersign/testing/http'
import { withoutHeader } from '../deliveries/edit-proof.js'
import { forgedDelivery } from '../deliveries/forge.js'
import type { Examination, Tried } from '../examination.js'
import { fail, type Judgement, notApplicable, type Property, pass, unknown } from '../property.js'
import { describeEnd, type Reply } from '../wire/reply.js'

const mebibyte = 1_048_576
const pieceBytes = mebibyte / 4
/** A body is sent this long at the most. */
const patienceMs = 30_000

/** How the body's length is told. */
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

/** So much that no receiver means to take it; where the limit is not known for certain, more. */
function totalOf({ limits }: Examination): number {
  return Math.max(limits.maxBodyBytes * 4, 64 * mebibyte)
}

async function judgePour(examination: Examination, framing: Framing, total: number): Promise<Judgement> {
  const { sent, reply, isStuck } = await pour(examination, framing, total)
  const place = sent < total ? 'before the end' : 'behind the end'
  const evidence = `${framing}: ${describeEnd(reply)} ${place} of ${total / mebibyte} MiB`
  if (sent < total && reply.end === 'silent')
    return isStuck
      ? fail('hangs-on-large-body', evidence)
      : unknown(evidence, 'The connection is too slow to try it.')
  // A limit on time says nothing about one on bytes: on a faster line the rest would have been read.
  if (reply.status === 408)
    return unknown(
      evidence,
      'The time for a body was over before its limit was met: give it more for the check.',
    )
  // 413 behind the last byte: whether the bytes were kept or thrown away cannot be seen.
  if (sent < total || reply.status === 413 || reply.end === 'dropped') return pass(evidence)
  return reply.end === 'silent' ? fail('hangs-on-large-body', evidence) : fail('no-body-limit', evidence)
}

/** Sends a forged body piece by piece until the receiver says anything. */
async function pour(examination: Examination, framing: Framing, total: number) {
  const { scheme, deliveries, limits } = examination
  const request = withoutHeader(forgedDelivery(scheme, deliveries), 'content-length')
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
  while (sent < total && !connection.hasNews && !isStuck && performance.now() < until) {
    isStuck = !(await connection.send(framed, limits.answerMs))
    if (!isStuck) sent += pieceBytes
  }
  if (sent >= total && framing === 'chunks') void connection.send('0\r\n\r\n')
  const reply = await connection.reply(sent < total && !connection.hasNews ? 0 : limits.answerMs)
  const tried: Tried = {
    what: `a body of ${total / mebibyte} MiB`,
    request: { ...request, body: new Uint8Array() },
    isValid: false,
    reply,
  }
  examination.note(tried)
  return { sent, reply: reply satisfies Reply, isStuck }
}
