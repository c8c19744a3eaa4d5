import { deepEqual, equal } from 'node:assert/strict'
import { writeRequest } from '@countersign/testing/http'
import { contractSettings } from '../../routes/contract-settings.js'
import type { ContractCase } from '../contract-case.js'
import { signAttempt, signTicket } from '../sign.js'
import { expectDuplicate } from './expect.js'

const { exhaustAfter } = contractSettings
const forms = ['handles'] as const

/** `ü` in UTF-8, and a byte that is no UTF-8. */
const text = '{"challenge":"f\u00c3\u00bcr"}'
const bytes = '\u00ff\u0000\u00fe'

/** What a handler answers itself, as a web `Response`. */
export const ownAnswerCases: readonly ContractCase[] = [
  {
    name: 'a 2xx Response of the handler completes, and is what the sender gets, with its headers and bytes',
    forms,
    async run({ route, deliver }) {
      for (const [status, body] of [
        [200, text],
        [201, bytes],
      ] as const) {
        const plain = await route('plain')
        const ticket = signTicket()
        const headers = [
          ['content-type', 'application/vnd.contract'],
          ['x-contract', 'own'],
        ] as const
        await plain.plan({ answers: { status, headers, body } })
        const answer = await deliver(plain, ticket)
        deepEqual([answer.status, answer.body], [status, body])
        for (const [name, value] of headers) equal(answer.headers.get(name), value)
        expectDuplicate(await deliver(plain, ticket))
      }
    },
  },
  {
    name: 'each cookie of a Response of the handler is sent',
    forms,
    async run({ route, connect, deliver }) {
      const plain = await route('plain')
      const cookies = ['a=1; Path=/', 'b=2']
      await plain.plan({ answers: { status: 200, headers: cookies.map((value) => ['set-cookie', value]) } })
      const { headers, body } = signTicket()
      const client = connect().send(writeRequest({ target: plain.target, headers, body }))
      await client.answer()
      const sent = [...client.received.matchAll(/^set-cookie: (.*)\r$/gim)].map(([, value]) => value)
      deepEqual(sent, cookies)
      equal((await deliver(plain, signTicket())).status, 200)
    },
  },
  {
    name: 'a Response of the handler without a body has none',
    forms,
    async run({ route, deliver }) {
      for (const status of [200, 204]) {
        const plain = await route('plain')
        const ticket = signTicket()
        await plain.plan({ answers: { status } })
        const answer = await deliver(plain, ticket)
        deepEqual([answer.status, answer.body], [status, ''])
        expectDuplicate(await deliver(plain, ticket))
      }
    },
  },
  {
    name: 'a Response of the handler with any other status is what the sender gets, and the retry runs',
    forms,
    async run({ route, deliver }) {
      for (const status of [400, 404, 422, 429, 500, 503]) {
        const plain = await route('plain')
        const ticket = signTicket()
        await plain.plan({ answers: { status, headers: [['retry-after', '7']], body: 'later' } })
        const answer = await deliver(plain, ticket)
        deepEqual([answer.status, answer.body, answer.headers.get('retry-after')], [status, 'later', '7'])
        equal((await deliver(plain, signAttempt(ticket, 2))).status, 200)
        const runs = await plain.takeRuns()
        deepEqual(
          runs.map(({ attempt }) => attempt),
          [1, 2],
        )
      }
    },
  },
  {
    name: 'a failing Response gives way on the last attempt before the endpoint would be switched off',
    forms,
    async run({ route, deliver }) {
      const exhausting = await route('exhausting')
      const ticket = signTicket()
      const answers = { status: 422, body: 'no' }
      await exhausting.plan(...Array.from({ length: exhaustAfter }, () => ({ answers })))
      for (let attempt = 1; attempt < exhaustAfter; attempt++)
        equal((await deliver(exhausting, signAttempt(ticket, attempt))).status, 422)
      const last = await deliver(exhausting, signAttempt(ticket, exhaustAfter))
      deepEqual([last.status, last.body], [200, '{"status":"exhausted"}'])
    },
  },
  {
    name: 'a 2xx Response gives way where its completion was rolled back',
    forms,
    async run({ route, deliver }) {
      const plain = await route('plain')
      const ticket = signTicket()
      await plain.plan({ transaction: 'rolled-back', answers: { status: 200, body: 'done' } })
      const { status, body } = await deliver(plain, ticket)
      deepEqual([status, body], [500, '{"error":"handler failed"}'])
      equal((await deliver(plain, signAttempt(ticket, 2))).status, 200)
    },
  },
  {
    name: 'a 2xx Response is sent where its handler defers work',
    forms,
    async run({ route, deliver }) {
      const plain = await route('plain')
      const ticket = signTicket()
      await plain.plan({ defers: 'work', answers: { status: 202, body: 'soon' } })
      await plain.open('work')
      const { status, body } = await deliver(plain, ticket)
      deepEqual([status, body], [202, 'soon'])
      await plain.wait('handled')
      expectDuplicate(await deliver(plain, ticket))
    },
  },
]
