import { setTimeout as wait } from 'node:timers/promises'
import { editHeader } from '../deliveries/edit-proof.js'
import { forgeDelivery } from '../deliveries/forge.js'
import type { Examination } from '../examination.js'
import { fail, notApplicable, type Property, pass } from '../property.js'
import { formatDuration } from '../wire/reply.js'

const mostNames = 40_000
/** The pause between two other requests. */
const pauseMs = 20
/** If others wait this much longer than beside another form of the same size, the receiver was blocked. */
const lateMs = 700
const lateTimes = 4
/** How long to wait for a blocked receiver, so that the next probes are not affected. */
const patienceMs = 30_000

/** A parser that scans the whole form again for each of its names takes quadratic time: one request can block all others. */
export const servesOthers: Property = {
  name: 'serves-others',
  says: 'serves others while it parses a form with 40,000 fields',
  judge: async (examination) => {
    const { deliveries, limits } = examination
    if (deliveries.make().method === 'GET') return notApplicable('deliveries have no body')
    const names = Array.from({ length: mostNames }, (_, count) => count.toString(36)).join('&')
    const many = names.slice(0, limits.maxBodyBytes >> 1)
    let evidence = ''
    // A second round, because a busy machine may be slow once.
    for (const _round of ['first', 'again']) {
      const one = await slowestBeside(examination, 'a form with one field', many.replaceAll('&', '_'))
      const slowest = await slowestBeside(examination, 'a form with many fields', many)
      evidence = `others waited ${formatDuration(slowest)} beside a form with many fields, ${formatDuration(one)} beside one with a single field`
      if (slowest < Math.max(lateMs, one * lateTimes)) return pass(evidence)
    }
    return fail('blocks-on-many-fields', evidence)
  },
}

/** The longest time another request waits for its answer, until the form is answered. */
async function slowestBeside(examination: Examination, what: string, text: string): Promise<number> {
  const { deliveries, scheme, limits } = examination
  const signed = deliveries.make({ form: { what, write: () => text } })
  const request = editHeader(signed, 'content-type', () => 'application/x-www-form-urlencoded')
  const connection = examination.connect()
  const sending = connection.send(examination.write(request))
  const until = performance.now() + limits.answerMs
  let slowest = 0
  do {
    const other = await examination.sendInvalid({
      what: `a forgery beside ${what}`,
      request: forgeDelivery(scheme, deliveries),
    })
    slowest = Math.max(slowest, other.reply.ms)
    await wait(pauseMs)
  } while (!connection.hasActivity && performance.now() < until)
  await sending
  const reply = await connection.reply(patienceMs)
  examination.record({ what, request, isValid: true, reply })
  return slowest
}
