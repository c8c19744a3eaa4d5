import { deepEqual, equal } from 'node:assert/strict'
import type { Answer, RawClient } from '@countersign/testing/http'
import { writeRequest } from '@countersign/testing/http'
import type { CaseTools, ContractCase } from '../contract-case.js'
import { foreignSecret, sign, signTicket } from '../sign.js'
import { takeOnlyRun } from './expect.js'

/** Refuses on a connection, and then delivers on the same one, unless the answer said that it ends. */
async function servesAfter(
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

/** More than servers take in unasked: whoever leaves it lying there hears nothing more on the connection. */
const body = 'x'.repeat(300_000)

export const connectionCases: readonly ContractCase[] = [
  {
    name: 'after a refusal with its body unread, the same connection serves the next request',
    run: (tools) => servesAfter(tools, (target) => writeRequest({ target, body }), 401),
  },
  {
    name: 'after a refusal with its chunked body unread, the next request is served',
    run: (tools) => servesAfter(tools, (target) => writeRequest({ target, body, chunkBytes: 1000 }), 401),
  },
  {
    name: 'after a wrong method with its body unread, the next request is served',
    run: (tools) => servesAfter(tools, (target) => writeRequest({ method: 'PUT', target, body }), 405),
  },
  {
    name: 'after a forgery, the same connection serves the next request',
    async run(tools) {
      const { headers } = sign('bytes', { body, secret: foreignSecret })
      await servesAfter(tools, (target) => writeRequest({ target, headers, body }), 401)
    },
  },
  {
    name: 'requests sent without waiting are answered in their order',
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
