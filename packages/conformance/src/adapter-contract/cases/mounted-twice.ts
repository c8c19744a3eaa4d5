import { deepEqual, equal, ok } from 'node:assert/strict'
import type { ContractCase } from '../contract-case.js'
import { foreignSecret, signTicket } from '../sign.js'

export const mountedTwiceCases: readonly ContractCase[] = [
  {
    name: 'an adapter that is mounted twice on one path says so each time, and keeps no claim',
    async run({ route, deliver }) {
      const twice = await route('twice')
      const ticket = signTicket()
      for (let attempt = 1; attempt <= 2; attempt++) {
        equal((await deliver(twice, ticket)).status, 500)
        const log = await twice.take()
        const told = log.flatMap((entry) => ('code' in entry ? [`${entry.type} ${entry.code}`] : []))
        deepEqual(told.sort(), ['failed ERR_WEBHOOK_HANDLER_FAILED', 'rejected ERR_WEBHOOK_VERIFIED_TWICE'])
        ok(!log.some(({ type }) => type === 'ran'), 'the handler ran')
        const warnings = log.flatMap((entry) => (entry.type === 'warned' ? [entry.message] : []))
        ok(
          warnings.some((warning) => warning.includes('mounted twice')),
          'no warning named the reason',
        )
      }
      // What the outer one refuses never comes to the inner one.
      equal((await deliver(twice, signTicket({ secret: foreignSecret }))).status, 401)
    },
  },
]
