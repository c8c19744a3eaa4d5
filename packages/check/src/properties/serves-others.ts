import { setTimeout as wait } from 'node:timers/promises'
import { editHeader } from '../deliveries/edit-proof.js'
import { forgedDelivery } from '../deliveries/forge.js'
import type { Examination } from '../examination.js'
import { fail, notApplicable, type Property, pass } from '../property.js'
import { seconds } from '../wire/reply.js'

const mostNames = 40_000
/** Between two requests of others. */
const pauseMs = 20
/** Nobody who is served waits so much longer beside one form than beside another of as many bytes. */
const lateMs = 700
const lateTimes = 4
/** What has blocked is given this long, so that it does not block what is tried next. */
const patienceMs = 30_000

/** What reads each name of a form anew for each of its names takes a quadratic time. */
export const servesOthers: Property = {
  name: 'serves-others',
  says: 'serves others while it reads a form of 40,000 names',
  judge: async (examination) => {
    const { deliveries, limits } = examination
    if (deliveries.make().method === 'GET') return notApplicable('deliveries have no body')
    const names = Array.from({ length: mostNames }, (_, count) => count.toString(36)).join('&')
    const many = names.slice(0, limits.maxBodyBytes >> 1)
    let evidence = ''
    // Once may be an accident of a busy machine.
    for (const _round of ['first', 'again']) {
      const one = await slowestBeside(examination, 'a form of one name', many.replaceAll('&', '_'))
      const slowest = await slowestBeside(examination, 'a form of many names', many)
      evidence = `others waited ${seconds(slowest)} beside a form of many names, ${seconds(one)} beside one of a single name`
      if (slowest < Math.max(lateMs, one * lateTimes)) return pass(evidence)
    }
    return fail('blocks-on-many-fields', evidence)
  },
}

/** The longest that another request waits for its answer, until the form has been answered. */
async function slowestBeside(examination: Examination, what: string, text: string): Promise<number> {
  const { deliveries, scheme, limits } = examination
  const signed = deliveries.make({ form: { what, write: () => text } })
  const request = editHeader(signed, 'content-type', () => 'application/x-www-form-urlencoded')
  const connection = examination.connect()
  const sending = connection.send(examination.write(request))
  const until = performance.now() + limits.answerMs
  let slowest = 0
  do {
    const other = await examination.refused({
      what: `a forgery beside ${what}`,
      request: forgedDelivery(scheme, deliveries),
    })
    slowest = Math.max(slowest, other.reply.ms)
    await wait(pauseMs)
  } while (!connection.hasNews && performance.now() < until)
  await sending
  const reply = await connection.reply(patienceMs)
  examination.note({ what, request, isValid: true, reply })
  return slowest
}
