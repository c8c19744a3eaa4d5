import { deepEqual, equal, ok } from 'node:assert/strict'
import { once } from 'node:events'
import type { SignedRequest } from '@countersign/testing'
import { parseAnswer, writeRequest } from '@countersign/testing/http'
import type { ContractRun } from '../../routes/contract-command.js'
import type { CaseTools, ContractCase } from '../contract-case.js'
import type { RemoteRoute } from '../remote-route.js'
import { signAttempt, signTicket } from '../sign.js'
import { expectDuplicate, expectRetryLater } from './expect.js'

/** Holds an operation of the store, and expects the answer to wait for it. */
async function expectAnswerAfter(
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

/** Makes an operation of the store fail, and expects the answer that belongs to how the handler ended. */
async function expectAnswerKept(
  { route, deliver }: CaseTools,
  operation: 'complete' | 'release',
  { status, entry }: { readonly status: number; readonly entry: 'handled' | 'failed' },
): Promise<void> {
  const plain = await route('plain')
  await plain.fail(operation)
  if (operation === 'release') await plain.plan({ throws: 'error' })
  equal((await deliver(plain, signTicket())).status, status)
  const types = (await plain.take()).map(({ type }) => type)
  deepEqual(types, ['ran', 'store-error', entry])
}

/** Delivers a ticket, and disconnects while its handler waits at the gate `handler`. */
async function disconnectWhileRunning(
  { route, connect, roundTrips }: CaseTools,
  run: ContractRun,
): Promise<{ readonly plain: RemoteRoute; readonly ticket: SignedRequest }> {
  const plain = await route('plain')
  const ticket = signTicket()
  await plain.plan({ gate: 'handler', ...run })
  const { headers, body } = ticket
  const { socket } = connect().send(writeRequest({ target: plain.target, headers, body }))
  await plain.wait('held')
  socket.destroy()
  await once(socket, 'close')
  await roundTrips()
  return { plain, ticket }
}

export const claimCases: readonly ContractCase[] = [
  {
    name: 'the claim is completed before the answer ends',
    run: (tools) => expectAnswerAfter(tools, 'complete'),
  },
  {
    name: 'the claim is released before the answer to a failure ends',
    run: (tools) => expectAnswerAfter(tools, 'release'),
  },
  {
    name: 'a handler that is still running keeps the event: a copy is asked to retry later',
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
    name: 'a copy that was asked to retry later runs if the first one failed',
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
        // The copy that was asked to retry is not an attempt.
        [1, 2],
      )
    },
  },
  {
    name: 'two deliveries at once settle independently, in any order',
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
    name: 'many copies at once run the handler once',
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
    name: 'a sender that disconnects stops nothing: the late success completes the claim',
    async run(tools) {
      const { plain, ticket } = await disconnectWhileRunning(tools, {})
      expectRetryLater(await tools.deliver(plain, ticket))
      await plain.open('handler')
      await plain.wait('handled')
      expectDuplicate(await tools.deliver(plain, ticket))
      equal((await plain.takeRuns()).length, 1)
    },
  },
  {
    name: 'a sender that disconnects stops nothing: the late failure releases the claim',
    async run(tools) {
      const { plain, ticket } = await disconnectWhileRunning(tools, { throws: 'error' })
      await plain.open('handler')
      await plain.wait('failed')
      equal((await tools.deliver(plain, ticket)).status, 200)
      equal((await plain.takeRuns()).length, 2)
    },
  },
  {
    name: 'if the store is down, the answer is 503 and nothing runs',
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
    name: 'a success that the store could not save is still answered as a success',
    run: (tools) => expectAnswerKept(tools, 'complete', { status: 200, entry: 'handled' }),
  },
  {
    name: 'a failure that the store could not save is still answered as a failure',
    run: (tools) => expectAnswerKept(tools, 'release', { status: 500, entry: 'failed' }),
  },
  {
    name: 'if the secret resolver is down, the answer is 503 and nothing runs',
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
