import type { Examination, SentProbe } from '../examination.js'
import { fail, type Judgement, type Property, pass, unknown } from '../property.js'
import { ReceiverUnreachableError } from '../receiver-unreachable-error.js'
import { describeReply, formatDuration, isAccepted, isFailure, isRetryLater } from '../wire/reply.js'
import { explainRefusal } from './explain-refusal.js'

/** Runs first, even if only other properties are selected: unless a valid delivery is accepted, no refusal means anything. */
export const acceptsValid: Property = {
  name: 'accepts-valid',
  says: 'accepts a valid delivery with 2xx',
  judge: async (examination) => {
    const { handled, deliveries } = examination
    const before = (await handled?.count()) ?? 0
    const tried = await examination.sendValid({ what: 'a valid delivery', request: deliveries.make() })
    const { reply } = tried
    if (!isAccepted(reply)) return judgeRefusal(examination, tried)
    examination.acceptsValid = true
    examination.isCounted = handled !== undefined && (await handled.countSince(before, 1)) > 0
    const isNotCounted = handled !== undefined && !examination.isCounted
    const remark = isNotCounted ? '; the count of handled deliveries did not increase' : ''
    return pass(`answered ${reply.status} in ${formatDuration(reply.ms)}${remark}`)
  },
}

async function judgeRefusal(examination: Examination, { reply }: SentProbe): Promise<Judgement> {
  const { status, end } = reply
  const evidence = `answered a valid delivery: ${describeReply(reply)}`
  if (end === 'unreachable')
    throw new ReceiverUnreachableError(examination.target.url, reply.code ?? 'ETIMEDOUT')
  if (end === 'silent') return fail('hangs-on-valid', evidence)
  if (end === 'dropped') return fail('drops-valid', evidence)
  if (isRetryLater(reply))
    return unknown(`${evidence}: a rate limit`, 'Turn the rate limit off for the check.')
  if (status < 400) return fail('redirects', evidence)
  if (status === 410) return fail('answers-410', evidence)
  if (status === 404 || status === 405) return fail('not-found', evidence)
  if (isFailure(reply)) return fail('fails-on-valid', evidence)
  return (await explainRefusal(examination)) ?? fail('refuses-valid', evidence)
}
