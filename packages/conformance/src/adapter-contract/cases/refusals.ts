import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { writeRequest } from '@countersign/testing/http'
import { contractSettings } from '../../routes/contract-settings.js'
import type { ContractCase } from '../contract-case.js'
import { foreignSecret, sign, signTicket, ticketBody } from '../sign.js'
import { expectRefusal } from './expect.js'

const hour = 3_600_000

export const refusalCases: readonly ContractCase[] = [
  {
    name: 'every method but POST is answered 405 with Allow',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
        const { headers, body } = signTicket()
        const request = method === 'GET' ? { headers } : { headers, body }
        const answer = await connect()
          .send(writeRequest({ method, target: plain.target, ...request }))
          .answer()
        await expectRefusal(plain, answer, { status: 405, code: 'METHOD_NOT_ALLOWED' })
        equal(answer.headers.get('allow'), 'POST')
      }
      await isUnharmed(plain)
    },
  },
  {
    name: 'the answer to HEAD has no body',
    async run({ route, connect, roundTrips, isUnharmed }) {
      const plain = await route('plain')
      const client = connect().send(writeRequest({ method: 'HEAD', target: plain.target }))
      await client.until((text) => text.includes('\r\n\r\n'))
      await roundTrips()
      match(client.received, /^HTTP\/1\.1 405 [\s\S]*\r\n\r\n$/)
      await isUnharmed(plain)
    },
  },
  {
    name: 'the answer to a stranger is one and the same, whatever is wrong',
    async run({ route, deliver, isUnharmed }) {
      const plain = await route('plain')
      const good = signTicket()
      const signature = good.headers.find(([name]) => /signature/i.test(name))?.[1] ?? ''
      const spelled = (value: string) => signTicket({ headers: { 'x-visibuild-signature': value } })
      const forgeries = [
        signTicket({ secret: foreignSecret }),
        signTicket({ timestamp: contractSettings.now - hour }),
        signTicket({ timestamp: contractSettings.now + hour }),
        signTicket({ timestamp: '1e3' }),
        signTicket({ omitProof: true }),
        spelled(signature.slice(0, -1)),
        spelled('sha256=ab'),
        spelled('sha256='),
        spelled(signature.replace('sha256', 'sha1')),
        { ...good, body: Buffer.concat([good.body, Buffer.from(' $& $1 $`')]) },
      ]
      const seen = new Set<string>()
      for (const forgery of forgeries) {
        const { status, headers, body } = await deliver(plain, forgery)
        equal(status, 401)
        seen.add(`${headers.get('content-type')} ${body}`)
      }
      deepEqual([...seen], ['application/json {"error":"unauthorized"}'])
      await isUnharmed(plain)
    },
  },
  {
    name: 'a stale delivery is refused, and told as authentic',
    async run({ route, deliver }) {
      const plain = await route('plain')
      const answer = await deliver(plain, signTicket({ timestamp: contractSettings.now - hour }))
      await expectRefusal(plain, answer, { status: 401, code: 'TIMESTAMP_TOO_OLD', authentic: true })
    },
  },
  {
    name: 'a signed body that is no JSON, or nothing, is refused with 400',
    async run({ route, deliver, isUnharmed }) {
      const plain = await route('plain')
      for (const body of [Buffer.from('{"id": $& \xff', 'latin1'), '']) {
        const answer = await deliver(plain, signTicket({ body }))
        await expectRefusal(plain, answer, { status: 400, code: 'PAYLOAD_MALFORMED', authentic: true })
      }
      await isUnharmed(plain)
    },
  },
  {
    name: 'the reason is in the answer only where the user wants it there',
    async run({ route, deliver }) {
      const forged = signTicket({ secret: foreignSecret })
      const closed = await deliver(await route('plain'), forged)
      const open = await deliver(await route('exposing'), forged)
      ok(!closed.body.includes('ERR_'))
      deepEqual([open.status, JSON.parse(open.body).code], [401, 'ERR_WEBHOOK_SIGNATURE_MISMATCH'])
    },
  },
  {
    name: 'no answer holds a secret, a signature or an id of a secret',
    async run({ route, connect }) {
      const exposing = await route('exposing')
      const basic = await route('basic')
      const { secret, secretId, credentials } = contractSettings
      const forged = signTicket({ secret: foreignSecret })
      const right = signTicket({ body: forged.body })
      const signature = right.headers.find(([name]) => /signature/i.test(name))?.[1] ?? ''
      const requests = [
        { target: exposing.target, headers: forged.headers, body: forged.body },
        { target: exposing.target, headers: right.headers, body: `${ticketBody()} ` },
        { target: exposing.target, headers: right.headers, body: right.body },
        { target: exposing.target, headers: right.headers, body: right.body },
        { target: basic.target, headers: sign('basic', { omitProof: true }).headers },
      ]
      const canaries = [secret, credentials.password, signature.slice(7), secretId]
      for (const request of requests) {
        const client = connect().send(writeRequest(request))
        await client.answer()
        for (const canary of canaries) {
          for (const encoding of ['utf8', 'hex', 'base64'] as const)
            ok(
              !client.received.includes(Buffer.from(canary).toString(encoding)),
              `it holds a canary: ${client.received}`,
            )
        }
      }
    },
  },
]
