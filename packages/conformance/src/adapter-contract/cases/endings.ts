import { deepEqual, equal, ok } from 'node:assert/strict'
import type { ContractRun } from '../../routes/contract-command.js'
import { contractSettings } from '../../routes/contract-settings.js'
import type { CaseTools, ContractCase } from '../contract-case.js'
import type { RemoteRoute } from '../remote-route.js'
import { signAttempt, signTicket } from '../sign.js'
import { expectDuplicate } from './expect.js'

const { failure, exhaustAfter } = contractSettings

/** How a delivery may fail in a form. A route that answers has a status of its own for it. */
function failures({ form }: CaseTools): readonly ContractRun[] {
  const thrown: readonly ContractRun[] = [{ throws: 'error' }, { throws: 'text' }]
  return form === 'handles' ? thrown : [...thrown, { status: 500 }, { status: 404 }]
}

function attemptsOf(runs: Awaited<ReturnType<RemoteRoute['takeRuns']>>): readonly number[] {
  return runs.map(({ attempt }) => attempt)
}

async function comesAgain({ route, deliver }: CaseTools, run: ContractRun, status: number): Promise<void> {
  const plain = await route('plain')
  const ticket = signTicket()
  await plain.plan(run)
  equal((await deliver(plain, ticket)).status, status)
  equal((await deliver(plain, signAttempt(ticket, 2))).status, 200)
  expectDuplicate(await deliver(plain, ticket))
  deepEqual(attemptsOf(await plain.takeRuns()), [1, 2])
}

export const endingCases: readonly ContractCase[] = [
  {
    name: 'a success completes: the repetition is answered and not run',
    async run({ form, route, deliver }) {
      const plain = await route('plain')
      const ticket = signTicket()
      const { status, body } = await deliver(plain, ticket)
      equal(status, 200)
      if (form === 'handles') equal(body, '{"status":"processed"}')
      expectDuplicate(await deliver(plain, ticket))
      equal((await plain.takeRuns()).length, 1)
    },
  },
  {
    name: 'any 2xx of the route completes, and is what the sender gets',
    forms: ['answers'],
    async run({ route, deliver }) {
      for (const status of [201, 202, 204]) {
        const plain = await route('plain')
        const ticket = signTicket()
        await plain.plan({ status })
        equal((await deliver(plain, ticket)).status, status)
        expectDuplicate(await deliver(plain, ticket))
      }
    },
  },
  {
    name: 'any other status of the route is what the sender gets, and the retry runs',
    forms: ['answers'],
    async run(tools) {
      for (const status of [302, 400, 404, 422, 429, 500, 503]) await comesAgain(tools, { status }, status)
    },
  },
  {
    name: 'a throw is answered 500, and the retry runs',
    async run(tools) {
      await comesAgain(tools, { throws: 'error' }, 500)
    },
  },
  {
    name: 'a throw of what is no error is answered 500, and the retry runs',
    async run(tools) {
      await comesAgain(tools, { throws: 'text' }, 500)
    },
  },
  {
    name: 'the answer to a throw holds nothing of it',
    forms: ['handles'],
    async run({ route, deliver }) {
      const plain = await route('plain')
      await plain.plan({ throws: 'error' }, { throws: 'text' })
      for (let round = 0; round < 2; round++) {
        const { headers, body } = await deliver(plain, signTicket())
        equal(body, '{"error":"handler failed"}')
        ok(!JSON.stringify([...headers]).includes(failure))
      }
    },
  },
  {
    name: 'a failure for good is answered 2xx, and never run again',
    forms: ['handles'],
    async run({ route, deliver }) {
      const plain = await route('plain')
      const ticket = signTicket()
      await plain.plan({ throws: 'permanent' })
      for (let round = 0; round < 2; round++) {
        const { status, body } = await deliver(plain, ticket)
        deepEqual([status, body], [200, '{"status":"failed-for-good"}'])
      }
      equal((await plain.takeRuns()).length, 1)
    },
  },
  {
    name: 'a failure is told once, after the delivery',
    async run(tools) {
      const { route, deliver } = tools
      for (const run of failures(tools)) {
        const plain = await route('plain')
        await plain.plan(run)
        await deliver(plain, signTicket())
        const told = (await plain.take()).map((entry) =>
          'code' in entry ? `${entry.type} ${entry.code}` : entry.type,
        )
        deepEqual(told, ['ran', 'failed ERR_WEBHOOK_HANDLER_FAILED'])
      }
    },
  },
  {
    name: 'the last attempt before the endpoint would be switched off is answered 2xx and kept',
    async run(tools) {
      const { route, deliver } = tools
      for (const run of failures(tools)) {
        const exhausting = await route('exhausting')
        const ticket = signTicket()
        await exhausting.plan(...Array.from({ length: exhaustAfter }, () => run))
        for (let attempt = 1; attempt < exhaustAfter; attempt++)
          ok((await deliver(exhausting, signAttempt(ticket, attempt))).status >= 400)
        const last = await deliver(exhausting, signAttempt(ticket, exhaustAfter))
        deepEqual([last.status, last.body], [200, '{"status":"exhausted"}'])
        equal((await deliver(exhausting, signAttempt(ticket, exhaustAfter + 1))).status, 200)
        const log = await exhausting.take()
        equal(log.filter(({ type }) => type === 'ran').length, exhaustAfter)
        equal(log.filter(({ type }) => type === 'exhausted').length, 1)
      }
    },
  },
  {
    name: 'copies of one attempt use up none of the event’s attempts',
    async run({ route, deliver }) {
      const exhausting = await route('exhausting')
      const ticket = signTicket()
      const copies = exhaustAfter + 2
      await exhausting.plan(...Array.from({ length: copies }, () => ({ throws: 'error' }) as const))
      for (let copy = 0; copy < copies; copy++) equal((await deliver(exhausting, ticket)).status, 500)
      equal((await deliver(exhausting, signAttempt(ticket, 2))).status, 200)
      expectDuplicate(await deliver(exhausting, ticket))
      deepEqual(attemptsOf(await exhausting.takeRuns()).slice(-2), [1, 2])
    },
  },
  {
    name: 'a success on the last attempt stays the success it is',
    async run({ form, route, deliver }) {
      const exhausting = await route('exhausting')
      const ticket = signTicket()
      const status = form === 'answers' ? 202 : 200
      await exhausting.plan({ throws: 'error' }, { status })
      equal((await deliver(exhausting, ticket)).status, 500)
      equal((await deliver(exhausting, signAttempt(ticket, 2))).status, status)
      expectDuplicate(await deliver(exhausting, ticket))
    },
  },
  {
    name: 'a failure on the last attempt that the store could not keep is no success to the sender',
    async run(tools) {
      const { route, deliver } = tools
      for (const run of failures(tools)) {
        const exhausting = await route('exhausting')
        const ticket = signTicket()
        await exhausting.plan(run, run)
        ok((await deliver(exhausting, ticket)).status >= 400)
        await exhausting.fail('release')
        const { status, body } = await deliver(exhausting, signAttempt(ticket, 2))
        deepEqual([status, body], [500, '{"error":"handler failed"}'])
      }
    },
  },
]
