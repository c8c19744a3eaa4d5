import { deepEqual, equal, ok } from 'node:assert/strict'
import { writeRequest } from '@countersign/testing/http'
import type { ContractCase } from '../contract-case.js'
import { foreignSecret, signTicket } from '../sign.js'

export const parsedBodyCases: readonly ContractCase[] = [
  {
    name: 'a body that something has read before is a configuration error, within a second',
    async run({ route, connect }) {
      const parsed = await route('parsed')
      const deliveries = [signTicket(), signTicket({ secret: foreignSecret })]
      for (const { headers, body } of deliveries) {
        for (const pieces of [{}, { chunkBytes: 50 }]) {
          const client = connect().send(writeRequest({ target: parsed.target, headers, body, ...pieces }))
          equal((await client.answer()).status, 500)
          const log = await parsed.take()
          const [told] = log.flatMap((entry) => (entry.type === 'rejected' ? [entry] : []))
          deepEqual([told?.code, told?.authentic], ['ERR_WEBHOOK_BODY_ALREADY_PARSED', false])
          ok(told && told.durationMs < 1000, `it took ${told?.durationMs} ms`)
          ok(!log.some(({ type }) => type === 'ran'), 'the handler ran')
        }
      }
    },
  },
]
