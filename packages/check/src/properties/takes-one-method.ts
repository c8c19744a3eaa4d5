import { countProbes, judgeRefused, listProbes } from '../judge-replies.js'
import { fail, notApplicable, type Property, pass, unknown } from '../property.js'
import { isAccepted } from '../wire/reply.js'

/** An endpoint may answer a GET with 200 and a welcome text, but it must not handle it. */
export const takesOneMethod: Property = {
  name: 'takes-one-method',
  says: "handles only the sender's method",
  judge: async (examination) => {
    const { scheme, deliveries, handled, isCounted } = examination
    const { methods = ['POST'] } = scheme
    const others = ['GET', 'PUT'].filter((method) => !methods.includes(method))
    if (others.length === 0) return notApplicable('the sender uses all methods that the check tries')
    const before = isCounted ? ((await handled?.settled()) ?? 0) : 0
    const tried = await examination.sendAllInvalid(
      others.map((method) => ({
        what: `a valid delivery with ${method}`,
        request: { ...deliveries.make(), method },
      })),
    )
    const accepted = tried.filter(({ reply }) => isAccepted(reply))
    if (accepted.length === 0) {
      // 501 is how servers refuse a method they do not know.
      const judgement = judgeRefused(examination, tried, 'accepts-get')
      return judgement.verdict === 'pass' ? pass(`refused ${countProbes(tried)}`) : judgement
    }
    if (!isCounted)
      return unknown(`accepted, and perhaps handled: ${listProbes(accepted)}`, 'Answer 405 to other methods.')
    const ran = (await handled?.countSince(before, 0)) ?? 0
    return ran > 0
      ? fail('accepts-get', `accepted and handled: ${listProbes(accepted)}`)
      : pass(`answered, but not handled: ${listProbes(accepted)}`)
  },
}
