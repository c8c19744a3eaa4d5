import { fail, notApplicable, type Property, pass } from '../property.js'
import { seconds } from '../wire/reply.js'

export const answersInTime: Property = {
  name: 'answers-in-time',
  says: 'answers a valid delivery within the time the sender waits',
  judge: async (examination) => {
    const { respondWithin } = examination.scheme
    if (respondWithin === undefined) return notApplicable('the sender does not say how long it waits')
    const fresh = await examination.fresh()
    const slowest = Math.max(...fresh.map(({ reply }) => reply.ms))
    const evidence = `the slower of two took ${seconds(slowest)}; the sender waits ${respondWithin} s`
    return slowest > respondWithin * 1000 ? fail('answers-late', evidence) : pass(evidence)
  },
}
