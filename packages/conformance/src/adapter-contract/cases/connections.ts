import { deepEqual, equal } from 'node:assert/strict'
import type { Answer, RawClient } from '@countersign/testing/http'
import { writeRequest } from '@countersign/testing/http'
import type { CaseTools, ContractCase } from '../contract-case.js'
import { foreignSecret, sign, signTicket } from '../sign.js'
import { takeOnlyRun } from './expect.js'

/** Sends a request that is refused, then a delivery on the same connection, unless the answer closed it. */
async function expectServedAfter(
  { route, connect }: CaseTools,
  refused: (target: string) => string,
  status: number,
): Promise<void> {
  const bytes = await route('bytes')
  let client = connect()
  const take = async (): Promise<Answer> => {
    const answer = await client.takeAnswer()
    if (isLast(answer)) client = await replace(client, connect)
    return answer
  }
  for (let round = 0; round < 3; round++) {
    client.send(refused(bytes.target))
    equal((await take()).status, status)
    const { headers, body } = sign('bytes', { body: `delivery ${round}` })
    client.send(writeRequest({ target: bytes.target, headers, body }))
    equal((await take()).status, 200)
    await takeOnlyRun(bytes)
  }
}

function isLast({ headers }: Answer): boolean {
  return headers.get('connection')?.toLowerCase() === 'close'
}

async function replace(client: RawClient, connect: () => RawClient): Promise<RawClient> {
  await client.closed()
  return connect()
}

/** More than a server buffers: unless the adapter reads or discards it, the next request on the connection is never read. */
const body = 'x'.repeat(300_000)

export const connectionCases: readonly ContractCase[] = [
  {
    name: 'after a refusal with an unread body, the same connection serves the next request',
    run: (tools) => expectServedAfter(tools, (target) => writeRequest({ target, body }), 401),
  },
  {
    name: 'after a refusal with an unread chunked body, the next request is served',
    run: (tools) =>
      expectServedAfter(tools, (target) => writeRequest({ target, body, chunkBytes: 1000 }), 401),
  },
  {
    name: 'after a wrong method with an unread body, the next request is served',
    run: (tools) => expectServedAfter(tools, (target) => writeRequest({ method: 'PUT', target, body }), 405),
  },
  {
    name: 'after a forgery, the same connection serves the next request',
    async run(tools) {
      const { headers } = sign('bytes', { body, secret: foreignSecret })
      await expectServedAfter(tools, (target) => writeRequest({ target, headers, body }), 401)
    },
  },
  {
    name: 'pipelined requests are answered in order',
    async run({ route, connect }) {
      const plain = await route('plain')
      const write = (ticket: ReturnType<typeof signTicket>) =>
        writeRequest({ target: plain.target, headers: ticket.headers, body: ticket.body })
      const requests = [
        write(signTicket()),
        write(signTicket({ secret: foreignSecret })),
        write(signTicket()),
        writeRequest({ method: 'GET', target: plain.target }),
      ]
      const client = connect().send(requests.join(''))
      const statuses: number[] = []
      for (const _request of requests) statuses.push((await client.takeAnswer()).status)
      deepEqual(statuses, [200, 401, 200, 405])
      equal((await plain.takeRuns()).length, 2)
    },
  },
]
