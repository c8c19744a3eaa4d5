import { equal, ok } from 'node:assert/strict'
import { writeHead, writeRequest } from '@countersign/testing/http'
import { contractSettings } from '../../routes/contract-settings.js'
import type { ContractCase } from '../contract-case.js'
import { signTicket, ticketBody } from '../sign.js'
import { expectRefusal, takeOnlyRun } from './expect.js'

const { maxBodyBytes } = contractSettings

/** A ticket of exactly so many bytes. */
export function ticketOf(bytes: number): string {
  const empty = ticketBody({ fill: '' })
  return empty.replace('"fill":""', `"fill":"${'x'.repeat(bytes - empty.length)}"`)
}

export const limitCases: readonly ContractCase[] = [
  {
    name: 'a Content-Length over the limit is refused before the first byte of the body',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      const { headers } = signTicket()
      const length = `content-length: ${maxBodyBytes + 1}`
      const client = connect().send(writeHead({ target: plain.target, headers }, [length]))
      await expectRefusal(plain, await client.answer(), { status: 413, code: 'BODY_TOO_LARGE' })
      await isUnharmed(plain)
    },
  },
  {
    name: 'a chunked body over the limit is refused while it still comes',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      const { headers } = signTicket()
      const head = writeHead({ target: plain.target, headers }, ['transfer-encoding: chunked'])
      const first = `${maxBodyBytes.toString(16)}\r\n${'x'.repeat(maxBodyBytes)}\r\n`
      const client = connect().send(`${head}${first}1\r\nx\r\n`)
      await expectRefusal(plain, await client.answer(), { status: 413, code: 'BODY_TOO_LARGE' })
      await isUnharmed(plain)
    },
  },
  {
    name: 'a body of exactly the limit is taken, whole or in chunks',
    async run({ route, connect }) {
      const plain = await route('plain')
      for (const pieces of [{}, { chunkBytes: 777 }]) {
        const { headers, body } = signTicket({ body: ticketOf(maxBodyBytes) })
        const client = connect().send(writeRequest({ target: plain.target, headers, body, ...pieces }))
        equal((await client.answer()).status, 200)
        equal((await takeOnlyRun(plain)).bytes, maxBodyBytes)
      }
    },
  },
  {
    name: 'what was too large is not read as the next request',
    async run({ route, connect, roundTrips, isUnharmed }) {
      const plain = await route('plain')
      const inner = signTicket()
      const smuggled = writeRequest({ target: plain.target, headers: inner.headers, body: inner.body })
      const length = maxBodyBytes + smuggled.length + 100
      const head = writeHead({ target: plain.target, headers: signTicket().headers }, [
        `content-length: ${length}`,
      ])
      const client = connect().send(head + smuggled.padEnd(length))
      await expectRefusal(plain, await client.takeAnswer(), { status: 413, code: 'BODY_TOO_LARGE' })
      await roundTrips()
      equal(client.received, '')
      await isUnharmed(plain)
    },
  },
  {
    name: 'a missing signature is refused before the first byte of the body',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      const client = connect().send(writeHead({ target: plain.target }, ['content-length: 1000']))
      await expectRefusal(plain, await client.answer(), { status: 401, code: 'HEADER_MISSING' })
      await isUnharmed(plain)
    },
  },
  {
    name: 'a body with another transfer coding beside "chunked" is refused as encoded, if the server takes it at all',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      const { headers } = signTicket()
      const head = writeHead({ target: plain.target, headers }, ['transfer-encoding: gzip, chunked'])
      const { status } = await connect().send(`${head}0\r\n\r\n`).answer()
      // 400 and 501 are answers of servers that know no such coding (RFC 9112, section 6.1).
      ok([400, 415, 501].includes(status), `answered ${status}`)
      await isUnharmed(plain)
    },
  },
  {
    name: 'a wrong method is refused before the first byte of the body',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      const { headers } = signTicket()
      const client = connect().send(
        writeHead({ method: 'PUT', target: plain.target, headers }, ['content-length: 1000']),
      )
      await expectRefusal(plain, await client.answer(), { status: 405, code: 'METHOD_NOT_ALLOWED' })
      await isUnharmed(plain)
    },
  },
]
