import { deepEqual, equal } from 'node:assert/strict'
import { writeRequest } from '@countersign/testing/http'
import type { ContractCase } from '../contract-case.js'
import { signAttempt, signTicket } from '../sign.js'
import { expectDuplicate, expectRetryLater } from './expect.js'

export const pledgeCases: readonly ContractCase[] = [
  {
    name: 'deferred work goes on after the answer, and completes at its end',
    async run({ form, route, connect, deliver }) {
      const plain = await route('plain')
      const ticket = signTicket()
      await plain.plan({ defers: 'work', status: 202 })
      const { headers, body } = ticket
      const client = connect().send(writeRequest({ target: plain.target, headers, body }))
      await plain.wait('held')
      const answer = await client.answer()
      equal(answer.status, form === 'answers' ? 202 : 200)
      if (form === 'handles') equal(answer.body, '{"status":"accepted"}')
      expectRetryLater(await deliver(plain, ticket))
      await plain.open('work')
      await plain.wait('handled')
      expectDuplicate(await deliver(plain, ticket))
      equal((await plain.takeRuns()).length, 1)
    },
  },
  {
    name: 'deferred work that fails is kept as failed, and never run again',
    async run({ route, deliver }) {
      const plain = await route('plain')
      const ticket = signTicket()
      await plain.plan({ defers: 'work', deferredFails: true })
      await plain.open('work')
      equal((await deliver(plain, ticket)).status, 200)
      await plain.wait('failed')
      const again = await deliver(plain, ticket)
      deepEqual([again.status, again.body], [200, '{"status":"failed-for-good"}'])
      equal((await plain.takeRuns()).length, 1)
    },
  },
  {
    name: 'work deferred by a handler that fails holds the answer until it has ended, and the retry runs',
    async run({ route, deliver }) {
      const plain = await route('plain')
      const ticket = signTicket()
      await plain.plan({ defers: 'work', throws: 'error' })
      await plain.open('work')
      equal((await deliver(plain, ticket)).status, 500)
      equal((await deliver(plain, ticket)).status, 200)
      equal((await plain.takeRuns()).length, 2)
    },
  },
  {
    name: 'deferred work whose claim could not be acked is no success to the sender',
    async run({ route, deliver }) {
      const plain = await route('plain')
      await plain.fail('acknowledge')
      await plain.plan({ defers: 'work' })
      await plain.open('work')
      const { status, body } = await deliver(plain, signTicket())
      deepEqual([status, body], [503, '{"error":"unavailable"}'])
    },
  },
  {
    name: "a completion in the handler's own transaction counts once that is committed",
    async run({ route, deliver }) {
      const plain = await route('plain')
      const ticket = signTicket()
      await plain.plan({ transaction: 'committed' })
      equal((await deliver(plain, ticket)).status, 200)
      expectDuplicate(await deliver(plain, ticket))
    },
  },
  {
    name: 'a completion that was rolled back is no success to the sender, and the retry runs',
    async run({ form, route, deliver }) {
      for (const status of form === 'answers' ? [200, 204] : [200]) {
        const plain = await route('plain')
        const ticket = signTicket()
        await plain.plan({ transaction: 'rolled-back', status })
        const { status: told, body } = await deliver(plain, ticket)
        deepEqual([told, body], [500, '{"error":"handler failed"}'])
        equal((await deliver(plain, signAttempt(ticket, 2))).status, 200)
        const runs = await plain.takeRuns()
        deepEqual(
          runs.map(({ attempt }) => attempt),
          [1, 2],
        )
      }
    },
  },
]
