import { deepEqual, equal } from 'node:assert/strict'
import type { SignedRequest } from '@countersign/testing'
import type { ContractCase } from '../contract-case.js'
import { sign, signTicket, ticketBody } from '../sign.js'
import { expectDuplicate, expectRefusal, takeOnlyRun } from './expect.js'

/** The content type is not signed: anyone who has captured a request can send it again with another. */
function asForm({ headers, ...request }: SignedRequest): SignedRequest {
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-type')
  return { ...request, headers: [...others, ['content-type', 'application/x-www-form-urlencoded']] }
}

/** What a visitor may have written into a form of the sender's site: read as a form, it would be the payload. */
const visitorsWords = `x&payload=${encodeURIComponent('{"type":"ticket.deleted"}')}&type=ticket.deleted&id=1&`

/** 40,000 names in 194 KiB: what reads each name anew for each name takes minutes. */
const manyNames = Array.from({ length: 40_000 }, (_, count) => count.toString(36)).join('&')

export const formBodyCases: readonly ContractCase[] = [
  {
    name: 'a content type that makes a form of JSON changes neither what the handler gets nor whether it runs again',
    async run({ route, deliver }) {
      const plain = await route('plain')
      const body = ticketBody({ data: { text: visitorsWords } })
      equal((await deliver(plain, asForm(signTicket({ body })))).status, 200)
      deepEqual((await takeOnlyRun(plain)).payload, body)
      for (const request of [signTicket({ body }), asForm(signTicket({ body }))])
        expectDuplicate(await deliver(plain, request))
      deepEqual(await plain.takeRuns(), [])
    },
  },
  {
    name: 'where the sender sends forms as well, JSON that is called a form stays JSON',
    async run({ route, deliver }) {
      const form = await route('form')
      const body = JSON.stringify({ event_id: 'Ev1', event: { type: 'message', text: visitorsWords } })
      equal((await deliver(form, asForm(sign('form', { body })))).status, 200)
      deepEqual((await takeOnlyRun(form)).payload, body)
    },
  },
  {
    name: 'a form of 40,000 names, rightly signed, is refused as a payload that cannot be read',
    async run({ route, deliver, isUnharmed }) {
      const form = await route('form')
      const refusal = { status: 400, code: 'PAYLOAD_MALFORMED', authentic: true }
      await expectRefusal(form, await deliver(form, asForm(sign('form', { body: manyNames }))), refusal)
      const plain = await route('plain')
      await expectRefusal(
        plain,
        await deliver(plain, asForm(signTicket({ body: manyNames.slice(0, 19_000) }))),
        refusal,
      )
      await isUnharmed(plain)
    },
  },
]
