import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { contractSettings } from '../../routes/contract-settings.js'
import type { ContractCase } from '../contract-case.js'
import { foreignSecret, signAttempt, signTicket, ticketBody } from '../sign.js'
import { expectDuplicate, expectRefusal, expectRetryLater, takeOnlyRun } from './expect.js'

const { now, rotated, secretId, failure, maxBodyBytes } = contractSettings
const hour = 3_600_000

/** The scheme's own verifier decides; everything else is as for any other scheme. */
export const customSchemeCases: readonly ContractCase[] = [
  {
    name: 'a custom scheme: what its verifier proves is handled once, and a retry after a failure runs',
    async run({ route, deliver }) {
      const custom = await route('custom')
      const ticket = signTicket()
      await custom.plan({ throws: 'error' })
      equal((await deliver(custom, ticket)).status, 500)
      equal((await deliver(custom, signAttempt(ticket, 2))).status, 200)
      expectDuplicate(await deliver(custom, ticket))
      expectDuplicate(await deliver(custom, signAttempt(ticket, 3)))
      const runs = await custom.takeRuns()
      deepEqual(
        runs.map(({ attempt, event, timestamp, secretId: by }) => [attempt, event, timestamp, by]),
        [
          [1, 'ticket.created', now, secretId],
          [2, 'ticket.created', now + 1000, secretId],
        ],
      )
    },
  },
  {
    name: 'a custom scheme: its verifier gets the bytes that came',
    async run({ route, deliver }) {
      const custom = await route('custom')
      const odd = `  ${ticketBody({ text: 'für \u{1f600} $& \\u00fc', number: 1.0 })}\n\t`
      equal((await deliver(custom, signTicket({ body: odd }))).status, 200)
      equal((await takeOnlyRun(custom)).bytes, Buffer.byteLength(odd))
    },
  },
  {
    name: 'a custom scheme: a stranger is answered as everywhere, whatever is wrong',
    async run({ route, deliver, isUnharmed }) {
      const custom = await route('custom')
      const good = signTicket()
      const seen = new Set<string>()
      for (const [request, code, authentic] of [
        [signTicket({ secret: foreignSecret }), 'SIGNATURE_MISMATCH', false],
        [{ ...good, body: Buffer.from(ticketBody()) }, 'SIGNATURE_MISMATCH', false],
        [signTicket({ headers: { 'x-visibuild-signature': 'nonsense' } }), 'SIGNATURE_MISMATCH', false],
        [signTicket({ omitProof: true }), 'HEADER_MISSING', false],
        [signTicket({ timestamp: now - hour }), 'TIMESTAMP_TOO_OLD', true],
        [signTicket({ timestamp: now + hour }), 'TIMESTAMP_TOO_NEW', true],
      ] as const) {
        const answer = await deliver(custom, request)
        await expectRefusal(custom, answer, { status: 401, code, authentic })
        seen.add(answer.body)
      }
      deepEqual([...seen], ['{"error":"unauthorized"}'])
      await isUnharmed(custom)
    },
  },
  {
    name: 'a custom scheme: a body that is too large is refused before its verifier is asked',
    async run({ route, deliver }) {
      const custom = await route('custom')
      await custom.fail('verifier')
      const body = ticketBody({ text: 'x'.repeat(maxBodyBytes) })
      await expectRefusal(custom, await deliver(custom, signTicket({ body })), {
        status: 413,
        code: 'BODY_TOO_LARGE',
      })
    },
  },
  {
    name: 'a custom scheme: each secret of a rotation proves',
    async run({ route, deliver }) {
      const custom = await route('custom')
      equal((await deliver(custom, signTicket({ secret: rotated.secret }))).status, 200)
      equal((await takeOnlyRun(custom)).secretId, rotated.id)
      equal((await deliver(custom, signTicket())).status, 200)
      equal((await takeOnlyRun(custom)).secretId, secretId)
    },
  },
  {
    name: 'a custom scheme: a verifier that throws refuses, is told from forged traffic, and says nothing to the sender',
    async run({ route, deliver }) {
      const custom = await route('custom')
      await custom.fail('verifier')
      const answer = await deliver(custom, signTicket())
      deepEqual([answer.status, answer.body], [401, '{"error":"unauthorized"}'])
      const log = await custom.take()
      deepEqual(
        log.flatMap((entry) => (entry.type === 'rejected' ? [entry.code] : [])),
        ['ERR_WEBHOOK_VERIFIER_FAILED'],
      )
      for (const entry of log)
        if (entry.type === 'warned') {
          match(entry.message, /The verifier of scheme "custom-visibuild" threw a TypeError/)
          ok(!entry.message.includes(failure))
        }
    },
  },
  {
    name: 'a custom scheme: a verifier that hangs is given up, and the sender comes again',
    async run({ route, deliver }) {
      const custom = await route('impatient-custom')
      await custom.hold('verifier')
      const answer = await deliver(custom, signTicket())
      expectRetryLater(answer)
      equal(answer.body, '{"error":"unavailable"}')
      await expectRefusal(custom, answer, { status: 503, code: 'VERIFIER_TIMEOUT' })
      await custom.open('verifier')
    },
  },
]
