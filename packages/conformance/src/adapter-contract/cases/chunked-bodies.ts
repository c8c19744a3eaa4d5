import { equal } from 'node:assert/strict'
import { writeChunks, writeHead, writeRequest } from '@countersign/testing/http'
import { contractSettings } from '../../routes/contract-settings.js'
import type { ContractCase } from '../contract-case.js'
import { foreignSecret, sign, signTicket } from '../sign.js'
import { expectRefusal, expectRetryLater, takeOnlyRun } from './expect.js'
import { ticketOf } from './limits.js'

const { maxBodyBytes } = contractSettings

/** Each costs the server some microseconds. */
const manyBytes = 65_536

/** Bodies cut so finely that each byte costs more than itself, wherever chunks are kept as they come. */
export const chunkedBodyCases: readonly ContractCase[] = [
  {
    name: 'a body in one-byte chunks is taken up to the limit, and refused beyond it',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      const whole = signTicket({ body: ticketOf(maxBodyBytes) })
      const write = ({ headers, body }: typeof whole) =>
        writeRequest({ target: plain.target, headers, body, chunkBytes: 1 })
      equal((await connect().send(write(whole)).answer()).status, 200)
      equal((await takeOnlyRun(plain)).bytes, maxBodyBytes)
      const over = signTicket({ body: ticketOf(maxBodyBytes + 1) })
      const answer = await connect().send(write(over)).answer()
      await expectRefusal(plain, answer, { status: 413, code: 'BODY_TOO_LARGE' })
      await isUnharmed(plain)
    },
  },
  {
    name: 'a forged body of 64 KiB in one-byte chunks is refused, and does no harm',
    forms: ['answers'],
    async run({ route, connect, isUnharmed }) {
      const bytes = await route('bytes')
      const body = 'x'.repeat(manyBytes)
      const { headers } = sign('bytes', { body, secret: foreignSecret })
      const client = connect().send(writeRequest({ target: bytes.target, headers, body, chunkBytes: 1 }))
      await expectRefusal(bytes, await client.answer(), { status: 401, code: 'SIGNATURE_MISMATCH' })
      await isUnharmed(await route('plain'))
    },
  },
  {
    name: 'bodies that are still coming hold no more than maxPendingBytes: beyond it 503, until they are gone',
    async run({ route, connect, deliver }) {
      const crowded = await route('crowded')
      const { headers } = signTicket({ secret: foreignSecret })
      const head = writeHead({ target: crowded.target, headers }, ['transfer-encoding: chunked'])
      const begun = `${head}${'1\r\nx\r\n'.repeat(maxBodyBytes * 0.6)}`
      const clients = [connect().send(begun), connect().send(begun)]
      const { answer, other } = await Promise.race(
        clients.map(async (client, place) => ({ answer: await client.answer(), other: clients[1 - place] })),
      )
      expectRetryLater(answer)
      await expectRefusal(crowded, answer, { status: 503, code: 'BODIES_PENDING' })
      const forged = await other?.send(writeChunks('x', 1)).answer()
      if (forged) await expectRefusal(crowded, forged, { status: 401, code: 'SIGNATURE_MISMATCH' })
      for (let round = 0; round < 3; round++) {
        equal((await deliver(crowded, signTicket({ body: ticketOf(maxBodyBytes) }))).status, 200)
        await takeOnlyRun(crowded)
      }
    },
  },
]
