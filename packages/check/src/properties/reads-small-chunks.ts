import type { SignedRequest } from '@countersign/testing'
import { writeChunks, writeHead } from '@countersign/testing/http'
import { filled } from '../deliveries/body-forms.js'
import { withoutHeader } from '../deliveries/edit-proof.js'
import type { Examination, Tried } from '../examination.js'
import { listTried, whyOpen } from '../judge-replies.js'
import { fail, notApplicable, type Property, pass, unknown } from '../property.js'
import { isAccepted } from '../wire/reply.js'

/** More chunks than a call has arguments, or a stack has room for, in most languages. */
const manyBytes = 131_072

/** HTTP lets a sender, or a proxy, cut a body as finely as it likes. */
export const readsSmallChunks: Property = {
  name: 'reads-small-chunks',
  says: 'takes a body in chunks of one byte, where it takes one in larger chunks',
  judge: async (examination) => {
    const { deliveries, limits } = examination
    if (deliveries.make().method === 'GET') return notApplicable('deliveries have no body')
    const make = () => deliveries.make({ form: filled(Math.min(manyBytes, limits.maxBodyBytes >> 1)) })
    const large = await sendChunks(examination, 'a body in large chunks', make(), 16_384)
    if (!isAccepted(large.reply)) return notApplicable(`no chunked body is taken: ${listTried([large])}`)
    const small = await sendChunks(examination, 'a body in one-byte chunks', make(), 1)
    const open = whyOpen(examination, [small])
    if (open) return open
    if (isAccepted(small.reply)) return pass(`took ${listTried([large, small])}`)
    if (small.reply.status === 408) return unknown(`taken for too slow: ${listTried([small])}`)
    return fail('fails-on-small-chunks', listTried([large, small]))
  },
}

async function sendChunks(
  examination: Examination,
  what: string,
  request: SignedRequest,
  chunkBytes: number,
): Promise<Tried> {
  const { method, url: target } = request
  const headers = withoutHeader(
    { ...request, headers: examination.headersFor(request) },
    'content-length',
  ).headers
  const head = writeHead({ method, target, headers }, ['transfer-encoding: chunked'])
  const connection = examination.connect()
  void connection.send(`${head}${writeChunks(Buffer.from(request.body).toString('latin1'), chunkBytes)}`)
  const reply = await connection.reply(examination.limits.validMs)
  return examination.note({ what, request, isValid: true, reply })
}
