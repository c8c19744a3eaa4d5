import { deepEqual, equal } from 'node:assert/strict'
import type { SignedRequest } from '@countersign/testing'
import type { ContractCase } from '../contract-case.js'
import { sign, signTicket, ticketBody } from '../sign.js'
import { expectDuplicate, expectRefusal, takeOnlyRun } from './expect.js'

/** The content type is not signed: an attacker who captured a request can replay it with another one. */
function asForm({ headers, ...request }: SignedRequest): SignedRequest {
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-type')
  return { ...request, headers: [...others, ['content-type', 'application/x-www-form-urlencoded']] }
}

/** Text that a visitor may have entered on the sender's site: parsed as a form, it would become the payload. */
const visitorText = `x&payload=${encodeURIComponent('{"type":"ticket.deleted"}')}&type=ticket.deleted&id=1&`

/** 40,000 names in 194 KiB: a parser that scans the form again for each name takes minutes. */
const manyNames = Array.from({ length: 40_000 }, (_, count) => count.toString(36)).join('&')

export const formBodyCases: readonly ContractCase[] = [
  {
    name: 'a form content type on JSON changes neither the payload nor whether the handler runs again',
    async run({ route, deliver }) {
      const plain = await route('plain')
      const body = ticketBody({ data: { text: visitorText } })
      equal((await deliver(plain, asForm(signTicket({ body })))).status, 200)
      deepEqual((await takeOnlyRun(plain)).payload, body)
      for (const request of [signTicket({ body }), asForm(signTicket({ body }))])
        expectDuplicate(await deliver(plain, request))
      deepEqual(await plain.takeRuns(), [])
    },
  },
  {
    name: 'if the sender also sends forms, JSON with a form content type is still parsed as JSON',
    async run({ route, deliver }) {
      const form = await route('form')
      const body = JSON.stringify({ event_id: 'Ev1', event: { type: 'message', text: visitorText } })
      equal((await deliver(form, asForm(sign('form', { body })))).status, 200)
      deepEqual((await takeOnlyRun(form)).payload, body)
    },
  },
  {
    name: 'a correctly signed form of 40,000 names is refused as a malformed payload',
    async run({ route, deliver, expectUnharmed }) {
      const form = await route('form')
      const refusal = { status: 400, code: 'PAYLOAD_MALFORMED', authentic: true }
      await expectRefusal(form, await deliver(form, asForm(sign('form', { body: manyNames }))), refusal)
      const plain = await route('plain')
      await expectRefusal(
        plain,
        await deliver(plain, asForm(signTicket({ body: manyNames.slice(0, 19_000) }))),
        refusal,
      )
      await expectUnharmed(plain)
    },
  },
]
