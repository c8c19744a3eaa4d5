import type { Examination, Tried } from '../examination.js'
import { fail, type Judgement, type Property, pass, unknown } from '../property.js'
import { ReceiverUnreachableError } from '../receiver-unreachable-error.js'
import { describeEnd, isAccepted, isFailure, isPutOff, seconds } from '../wire/reply.js'
import { explainRefusal } from './explain-refusal.js'

/** Without it, nothing that is refused says anything: it comes first, and also where only others are asked for. */
export const acceptsValid: Property = {
  name: 'accepts-valid',
  says: 'takes a valid delivery with 2xx',
  judge: async (examination) => {
    const { handled, deliveries } = examination
    const before = (await handled?.count()) ?? 0
    const tried = await examination.valid({ what: 'a valid delivery', request: deliveries.make() })
    const { reply } = tried
    if (!isAccepted(reply)) return judgeRefusal(examination, tried)
    examination.takesValid = true
    examination.countRises = handled !== undefined && (await handled.rise(before, 1)) > 0
    const isUncounted = handled !== undefined && !examination.countRises
    const remark = isUncounted ? '; the count of handled deliveries did not rise' : ''
    return pass(`answered ${reply.status} in ${seconds(reply.ms)}${remark}`)
  },
}

async function judgeRefusal(examination: Examination, { reply }: Tried): Promise<Judgement> {
  const { status, end } = reply
  const evidence = `answered a valid delivery: ${describeEnd(reply)}`
  if (end === 'unreachable')
    throw new ReceiverUnreachableError(examination.target.url, reply.code ?? 'ETIMEDOUT')
  if (end === 'silent') return fail('hangs-on-valid', evidence)
  if (end === 'dropped') return fail('drops-valid', evidence)
  if (isPutOff(reply)) return unknown(`${evidence}: a rate limit`, 'Switch it off for the check.')
  if (status < 400) return fail('redirects', evidence)
  if (status === 410) return fail('answers-410', evidence)
  if (status === 404 || status === 405) return fail('not-found', evidence)
  if (isFailure(reply)) return fail('fails-on-valid', evidence)
  return (await explainRefusal(examination)) ?? fail('refuses-valid', evidence)
}
