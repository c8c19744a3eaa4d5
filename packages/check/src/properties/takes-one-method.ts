import { countTried, judgeRefused, listTried } from '../judge-replies.js'
import { fail, notApplicable, type Property, pass, unknown } from '../property.js'
import { isAccepted } from '../wire/reply.js'

/** An endpoint may answer a GET with 200 and a word of welcome; it must not handle it. */
export const takesOneMethod: Property = {
  name: 'takes-one-method',
  says: "handles only the sender's method",
  judge: async (examination) => {
    const { scheme, deliveries, handled, countRises } = examination
    const { methods = ['POST'] } = scheme
    const others = ['GET', 'PUT'].filter((method) => !methods.includes(method))
    if (others.length === 0) return notApplicable('the sender uses all methods that are tried')
    const before = countRises ? ((await handled?.settled()) ?? 0) : 0
    const tried = await examination.allRefused(
      others.map((method) => ({
        what: `a valid delivery by ${method}`,
        request: { ...deliveries.make(), method },
      })),
    )
    const accepted = tried.filter(({ reply }) => isAccepted(reply))
    if (accepted.length === 0) {
      // Servers that do not know a method answer 501.
      const judgement = judgeRefused(examination, tried, 'accepts-get')
      return judgement.verdict === 'pass' ? pass(`refused ${countTried(tried)}`) : judgement
    }
    if (!countRises)
      return unknown(`taken, and perhaps handled: ${listTried(accepted)}`, 'Answer 405 to other methods.')
    const ran = (await handled?.rise(before, 0)) ?? 0
    return ran > 0
      ? fail('accepts-get', `taken and handled: ${listTried(accepted)}`)
      : pass(`answered, and did not handle: ${listTried(accepted)}`)
  },
}
