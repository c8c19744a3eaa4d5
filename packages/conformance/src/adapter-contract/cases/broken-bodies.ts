import { deepEqual, equal } from 'node:assert/strict'
import { once } from 'node:events'
import { bodyText, writeHead } from '@countersign/testing/http'
import type { ContractCase } from '../contract-case.js'
import { signTicket } from '../sign.js'
import { expectRefusal, takeOnlyRun } from './expect.js'

export const brokenBodyCases: readonly ContractCase[] = [
  {
    name: 'a body that stalls is refused with 408',
    async run({ route, connect, isUnharmed }) {
      const impatient = await route('impatient')
      const { headers, body } = signTicket()
      const head = writeHead({ target: impatient.target, headers }, [`content-length: ${body.length}`])
      const client = connect().send(head + bodyText({ body }).slice(0, -1))
      await expectRefusal(impatient, await client.answer(), { status: 408, code: 'BODY_TIMEOUT' })
      await isUnharmed(await route('plain'))
    },
  },
  {
    name: 'a chunked body that stalls is refused with 408',
    async run({ route, connect, isUnharmed }) {
      const impatient = await route('impatient')
      const { headers } = signTicket()
      const head = writeHead({ target: impatient.target, headers }, ['transfer-encoding: chunked'])
      const client = connect().send(`${head}1\r\nx\r\n`)
      await expectRefusal(impatient, await client.answer(), { status: 408, code: 'BODY_TIMEOUT' })
      await isUnharmed(await route('plain'))
    },
  },
  {
    name: 'senders that drip are refused with 408, and others are served meanwhile',
    async run({ route, connect, deliver }) {
      const impatient = await route('impatient')
      const plain = await route('plain')
      const { headers } = signTicket()
      const head = writeHead({ target: impatient.target, headers }, ['content-length: 15000'])
      const clients = Array.from({ length: 20 }, () => connect().send(head))
      const dripping = setInterval(() => {
        for (const client of clients) if (!client.isClosed) client.send('x')
      }, 10)
      try {
        equal((await deliver(plain, signTicket())).status, 200)
        const answers = await Promise.all(clients.map((client) => client.answer()))
        deepEqual(new Set(answers.map(({ status }) => status)), new Set([408]))
        await takeOnlyRun(plain)
        deepEqual(await impatient.takeRuns(), [])
      } finally {
        clearInterval(dripping)
      }
    },
  },
  {
    name: 'a body that breaks off runs nothing, and leaves nothing behind',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      const { headers, body } = signTicket()
      const head = writeHead({ target: plain.target, headers }, [`content-length: ${body.length}`])
      for (const text of [head, head + bodyText({ body }).slice(0, -10)]) {
        const { socket } = connect()
        await once(socket, 'connect')
        socket.end(text, 'latin1')
        await plain.wait('rejected')
        const log = await plain.take()
        deepEqual(
          log.map((entry) => (entry.type === 'rejected' ? entry.code : entry.type)),
          ['ERR_WEBHOOK_BODY_INCOMPLETE'],
        )
        socket.destroy()
      }
      await isUnharmed(plain)
    },
  },
  {
    name: 'a chunked body that turns into nonsense runs nothing, and leaves nothing behind',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      const { headers } = signTicket()
      const head = writeHead({ target: plain.target, headers }, ['transfer-encoding: chunked'])
      const client = connect().send(`${head}1\r\nx\r\nnonsense\r\n`)
      await client.until((text) => client.isClosed || text.startsWith('HTTP/1.1 4'))
      await isUnharmed(plain)
    },
  },
]
