import { deepEqual, equal, ok } from 'node:assert/strict'
import { once } from 'node:events'
import { parseAnswer, writeRequest } from '@countersign/testing/http'
import type { CaseTools, ContractCase } from '../contract-case.js'
import { signAttempt, signTicket } from '../sign.js'
import { expectDuplicate, expectRetryLater } from './expect.js'

/** Holds an operation of the store, and looks whether the answer waits for it. */
async function waitsFor(
  { route, connect, deliver, roundTrips }: CaseTools,
  operation: 'complete' | 'release',
): Promise<void> {
  const plain = await route('plain')
  const { headers, body, ...rest } = signTicket()
  if (operation === 'release') await plain.plan({ throws: 'error' })
  await plain.hold(operation)
  const client = connect().send(writeRequest({ target: plain.target, headers, body }))
  await plain.wait('held')
  await roundTrips()
  equal(
    parseAnswer(client.received, { isClosed: client.isClosed }),
    undefined,
    `answered: ${client.received}`,
  )
  expectRetryLater(await deliver(plain, { ...rest, headers, body }))
  await plain.open(operation)
  equal((await client.answer()).status, operation === 'complete' ? 200 : 500)
  const again = await deliver(plain, { ...rest, headers, body })
  if (operation === 'complete') expectDuplicate(again)
  else equal(again.status, 200)
}

export const claimCases: readonly ContractCase[] = [
  {
    name: 'the claim is completed before the answer ends',
    run: (tools) => waitsFor(tools, 'complete'),
  },
  {
    name: 'the claim is released before the answer to a failure ends',
    run: (tools) => waitsFor(tools, 'release'),
  },
  {
    name: 'a handler that does not answer keeps the event: a copy is told to come later',
    async run({ route, connect, deliver, roundTrips }) {
      const plain = await route('plain')
      const ticket = signTicket()
      await plain.plan({ gate: 'handler' })
      const { headers, body } = ticket
      const client = connect().send(writeRequest({ target: plain.target, headers, body }))
      await plain.wait('held')
      for (let copy = 0; copy < 3; copy++) expectRetryLater(await deliver(plain, ticket))
      await roundTrips()
      equal(client.received, '')
      await plain.open('handler')
      equal((await client.answer()).status, 200)
      expectDuplicate(await deliver(plain, ticket))
      equal((await plain.takeRuns()).length, 1)
    },
  },
  {
    name: 'a copy that was told to come later runs, if the first one failed',
    async run({ route, connect, deliver }) {
      const plain = await route('plain')
      const ticket = signTicket()
      await plain.plan({ gate: 'handler', throws: 'error' })
      const { headers, body } = ticket
      const client = connect().send(writeRequest({ target: plain.target, headers, body }))
      await plain.wait('held')
      expectRetryLater(await deliver(plain, ticket))
      await plain.open('handler')
      equal((await client.answer()).status, 500)
      equal((await deliver(plain, signAttempt(ticket, 2))).status, 200)
      deepEqual(
        (await plain.takeRuns()).map(({ attempt }) => attempt),
        // The copy that was put off is no attempt.
        [1, 2],
      )
    },
  },
  {
    name: 'two deliveries at once settle each for itself, in any order',
    async run({ route, connect, deliver }) {
      for (const slowFails of [true, false]) {
        const plain = await route('plain')
        const [slow, quick] = [signTicket(), signTicket()]
        const [failing, fine] = [{ throws: 'error' } as const, {}]
        await plain.plan({ gate: 'handler', ...(slowFails ? failing : fine) }, slowFails ? fine : failing)
        const { headers, body } = slow
        const client = connect().send(writeRequest({ target: plain.target, headers, body }))
        await plain.wait('held')
        equal((await deliver(plain, quick)).status, slowFails ? 200 : 500)
        await plain.open('handler')
        equal((await client.answer()).status, slowFails ? 500 : 200)
        const [failed, handled] = slowFails ? [slow, quick] : [quick, slow]
        expectDuplicate(await deliver(plain, handled))
        equal((await deliver(plain, failed)).status, 200)
        equal((await plain.takeRuns()).length, 3)
      }
    },
  },
  {
    name: 'many copies at once run once',
    async run({ route, deliver }) {
      const plain = await route('plain')
      const ticket = signTicket()
      await plain.plan({ gate: 'handler' })
      const answers = Array.from({ length: 40 }, () => deliver(plain, ticket))
      await plain.wait('held')
      await plain.open('handler')
      const statuses = (await Promise.all(answers)).map(({ status }) => status)
      ok(statuses.includes(200))
      deepEqual(
        [...new Set(statuses)].filter((status) => status !== 200 && status !== 503),
        [],
      )
      equal((await plain.takeRuns()).length, 1)
      expectDuplicate(await deliver(plain, ticket))
    },
  },
  {
    name: 'a sender that goes away stops nothing: the late success completes',
    async run({ route, connect, deliver, roundTrips }) {
      const plain = await route('plain')
      const ticket = signTicket()
      await plain.plan({ gate: 'handler' })
      const { headers, body } = ticket
      const { socket } = connect().send(writeRequest({ target: plain.target, headers, body }))
      await plain.wait('held')
      socket.destroy()
      await once(socket, 'close')
      await roundTrips()
      expectRetryLater(await deliver(plain, ticket))
      await plain.open('handler')
      await plain.wait('handled')
      expectDuplicate(await deliver(plain, ticket))
      equal((await plain.takeRuns()).length, 1)
    },
  },
  {
    name: 'a sender that goes away stops nothing: the late failure releases',
    async run({ route, connect, deliver, roundTrips }) {
      const plain = await route('plain')
      const ticket = signTicket()
      await plain.plan({ gate: 'handler', throws: 'error' })
      const { headers, body } = ticket
      const { socket } = connect().send(writeRequest({ target: plain.target, headers, body }))
      await plain.wait('held')
      socket.destroy()
      await once(socket, 'close')
      await roundTrips()
      await plain.open('handler')
      await plain.wait('failed')
      equal((await deliver(plain, ticket)).status, 200)
      equal((await plain.takeRuns()).length, 2)
    },
  },
  {
    name: 'a store that is down is answered 503, and nothing runs',
    async run({ route, deliver }) {
      const plain = await route('plain')
      await plain.fail('claim')
      const answer = await deliver(plain, signTicket())
      expectRetryLater(answer)
      equal(answer.body, '{"error":"unavailable"}')
      const log = await plain.take()
      deepEqual(log, [{ type: 'store-error', code: 'ERR_WEBHOOK_STORE_UNAVAILABLE' }])
    },
  },
  {
    name: 'a success that the store could not keep stays a success to the sender',
    async run({ route, deliver }) {
      const plain = await route('plain')
      await plain.fail('complete')
      equal((await deliver(plain, signTicket())).status, 200)
      const types = (await plain.take()).map(({ type }) => type)
      deepEqual(types, ['ran', 'store-error', 'handled'])
    },
  },
  {
    name: 'a failure that the store could not note stays a failure to the sender',
    async run({ route, deliver }) {
      const plain = await route('plain')
      await plain.fail('release')
      await plain.plan({ throws: 'error' })
      equal((await deliver(plain, signTicket())).status, 500)
      const types = (await plain.take()).map(({ type }) => type)
      deepEqual(types, ['ran', 'store-error', 'failed'])
    },
  },
  {
    name: 'a secret resolver that is down is answered 503, and nothing runs',
    async run({ route, deliver }) {
      const resolved = await route('resolved')
      await resolved.fail('secret')
      const answer = await deliver(resolved, signTicket())
      expectRetryLater(answer)
      equal(answer.body, '{"error":"unavailable"}')
      const log = await resolved.take()
      deepEqual(
        log.map((entry) => (entry.type === 'rejected' ? entry.code : entry.type)),
        ['asked', 'ERR_WEBHOOK_SECRET_UNAVAILABLE'],
      )
      equal((await deliver(await route('resolved'), signTicket())).status, 200)
    },
  },
]
