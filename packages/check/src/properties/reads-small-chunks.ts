import type { SignedRequest } from '@countersign/testing'
import { writeChunks, writeHead } from '@countersign/testing/http'
import { padded } from '../deliveries/body-forms.js'
import { withoutHeader } from '../deliveries/edit-proof.js'
import type { Examination, SentProbe } from '../examination.js'
import { explainUndecided, listProbes } from '../judge-replies.js'
import { fail, notApplicable, type Property, pass, unknown } from '../property.js'
import { isAccepted } from '../wire/reply.js'

/** More chunks than a call can have arguments, or a stack has room for, in most languages. */
const manyBytes = 131_072

/** HTTP lets a sender or a proxy split a body into chunks of any size. */
export const readsSmallChunks: Property = {
  name: 'reads-small-chunks',
  says: 'accepts a body in one-byte chunks, if it accepts larger chunks',
  judge: async (examination) => {
    const { deliveries, limits } = examination
    if (deliveries.make().method === 'GET') return notApplicable('deliveries have no body')
    const make = () => deliveries.make({ form: padded(Math.min(manyBytes, limits.maxBodyBytes >> 1)) })
    const large = await sendChunks(examination, 'a body in large chunks', make(), 16_384)
    if (!isAccepted(large.reply)) return notApplicable(`chunked bodies are refused: ${listProbes([large])}`)
    const small = await sendChunks(examination, 'a body in one-byte chunks', make(), 1)
    const open = explainUndecided(examination, [small])
    if (open) return open
    if (isAccepted(small.reply)) return pass(`accepted ${listProbes([large, small])}`)
    if (small.reply.status === 408) return unknown(`refused as too slow: ${listProbes([small])}`)
    return fail('fails-on-small-chunks', listProbes([large, small]))
  },
}

async function sendChunks(
  examination: Examination,
  what: string,
  request: SignedRequest,
  chunkBytes: number,
): Promise<SentProbe> {
  const { method, url: target } = request
  const headers = withoutHeader(
    { ...request, headers: examination.headersFor(request) },
    'content-length',
  ).headers
  const head = writeHead({ method, target, headers }, ['transfer-encoding: chunked'])
  const connection = examination.connect()
  void connection.send(`${head}${writeChunks(Buffer.from(request.body).toString('latin1'), chunkBytes)}`)
  const reply = await connection.reply(examination.limits.validMs)
  return examination.record({ what, request, isValid: true, reply })
}
