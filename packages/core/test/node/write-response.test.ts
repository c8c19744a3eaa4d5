import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createGate } from '../../../../test/support/gate.js'
import { RawClient } from '../../../../test/support/raw-client.js'
import { serve } from '../../../../test/support/serve.js'
import type { DrainLimits } from '../../src/node/drain-request.js'
import { writeResponse } from '../../src/node/write-response.js'
import type { WebhookResponse } from '../../src/types.js'

const refusal: WebhookResponse = {
  status: 401,
  headers: { 'content-type': 'application/json', 'x-own': '1' },
  body: '{"error":"ü"}',
  bodyUnread: true,
}

/** Answers what is posted to `/refused` with its body unread, and everything else in full. */
function listener(answer: WebhookResponse, limits?: DrainLimits): RequestListener {
  return (request, response) => {
    if (request.url === '/refused') writeResponse(request, response, answer, limits)
    else response.end(`answer to ${request.url}`)
  }
}

function head(path: string, framing: string): string {
  return `POST ${path} HTTP/1.1\r\nhost: test\r\n${framing}\r\n\r\n`
}

const next = head('/next', 'content-length: 0')

describe('an answer to a request whose body was not read', () => {
  test('is whole, and has the length in bytes', async () => {
    const { port } = await serve(listener(refusal))
    const { status, headers, body } = await new RawClient(port)
      .send(head('/refused', 'content-length: 0'))
      .answer()
    expect([status, Buffer.from(body, 'latin1').toString()]).toEqual([401, '{"error":"ü"}'])
    expect([headers.get('content-length'), headers.get('x-own')]).toEqual(['14', '1'])
  })

  test('does not wait for the body', async () => {
    const { port } = await serve(listener(refusal))
    const client = new RawClient(port).send(head('/refused', 'content-length: 50000'))
    expect((await client.answer()).status).toBe(401)
  })

  test('leaves the connection in order: the next request on it is answered', async () => {
    const { port } = await serve(listener(refusal))
    const body = 'x'.repeat(50_000)
    const client = new RawClient(port)
    for (let round = 0; round < 3; round++) {
      client.send(head('/refused', `content-length: ${body.length}`))
      const { status, headers } = await client.takeAnswer()
      expect([status, headers.get('connection')]).toEqual([401, 'keep-alive'])
      client.send(body + next)
      expect((await client.takeAnswer()).body).toBe('answer to /next')
    }
    client.send(head('/refused', `content-length: ${body.length}`) + body + next)
    expect((await client.takeAnswer()).status).toBe(401)
    expect((await client.takeAnswer()).body).toBe('answer to /next')
  })

  test('leaves the connection in order where there was no body at all', async () => {
    const { port } = await serve(listener(refusal))
    const client = new RawClient(port).send(`GET /refused HTTP/1.1\r\nhost: test\r\n\r\n${next}`)
    expect((await client.takeAnswer()).headers.get('connection')).toBe('keep-alive')
    expect((await client.takeAnswer()).body).toBe('answer to /next')
  })

  test.each([
    ['a chunked body', 'transfer-encoding: chunked', '5\r\nhello\r\n', refusal],
    ['a body that is too large', 'content-length: 50000', 'hello', { ...refusal, status: 413 }],
    ['a body that was too slow', 'content-length: 50000', 'hello', { ...refusal, status: 408 }],
  ])('says that it closes the connection for %s, and does', async (_what, framing, some, answer) => {
    const { port } = await serve(listener(answer, { maxBytes: 1000, timeoutMs: 20 }))
    const client = new RawClient(port).send(head('/refused', framing) + some)
    const { status, headers } = await client.answer()
    expect([status, headers.get('connection')]).toEqual([answer.status, 'close'])
    await client.closed()
  })

  test('closes a connection that was to be kept, when the rest of the body does not come', async () => {
    const { port } = await serve(listener(refusal, { maxBytes: 1000, timeoutMs: 20 }))
    const client = new RawClient(port).send(`${head('/refused', 'content-length: 500')}hello`)
    expect((await client.answer()).headers.get('connection')).toBe('keep-alive')
    await client.closed()
  })

  test('closes after a body that was partly read', async () => {
    const { port } = await serve((request, response) => {
      request.once('data', () => {
        request.pause()
        writeResponse(request, response, refusal, { maxBytes: 1000, timeoutMs: 20 })
      })
    })
    const client = new RawClient(port).send(`${head('/refused', 'content-length: 50000')}hello`)
    expect((await client.answer()).headers.get('connection')).toBe('close')
    await client.closed()
  })

  test('takes in what still comes, so that no reset reaches the sender before the answer', async () => {
    const ended = createGate()
    let taken = 0
    const { port } = await serve((request, response) => {
      request.socket.on('close', () => {
        taken = request.socket.bytesRead
        ended.open()
      })
      writeResponse(request, response, { ...refusal, status: 413 })
    })
    const client = new RawClient(port).send(head('/refused', 'content-length: 2000000'))
    client.send('x'.repeat(1_000_000))
    expect((await client.answer()).status).toBe(413)
    client.send('x'.repeat(1_000_000))
    await ended.opened
    expect(taken).toBeGreaterThan(2_000_000)
  })

  test.each([
    ['bytes', { maxBytes: 100_000, timeoutMs: 60_000 }],
    ['time', { maxBytes: 1e12, timeoutMs: 50 }],
  ])('is drained within a bound of %s', async (_what, limits) => {
    const taken = createGate()
    let bytes = 0
    const { port } = await serve((request, response) => {
      const { socket } = request
      socket.on('close', () => {
        bytes = socket.bytesRead
        taken.open()
      })
      writeResponse(request, response, refusal, limits)
    })
    const client = new RawClient(port).send(head('/refused', 'transfer-encoding: chunked'))
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const pour = () => {
      while (!client.isClosed && client.socket.write(chunk));
    }
    client.socket.on('drain', pour)
    pour()
    await taken.opened
    if (limits.maxBytes < 1e6) expect(bytes).toBeLessThan(limits.maxBytes + 1_000_000)
  })
})

describe('an answer to a request whose body was read', () => {
  test('keeps the connection', async () => {
    const { port } = await serve((request, response) => {
      request.resume().on('end', () => writeResponse(request, response, { ...refusal, bodyUnread: false }))
    })
    const client = new RawClient(port)
    for (let round = 0; round < 2; round++) {
      client.send(`${head('/', 'transfer-encoding: chunked')}5\r\nhello\r\n0\r\n\r\n`)
      expect((await client.takeAnswer()).headers.get('connection')).toBe('keep-alive')
    }
  })
})

test.each<[string, (request: IncomingMessage, response: ServerResponse) => void]>([
  ['was answered already', (_request, response) => void response.end('mine')],
  ['has lost its sender', (request) => void request.destroy()],
])('a request that %s is left alone', async (_what, before) => {
  const done = createGate()
  const { port } = await serve((request, response) => {
    before(request, response)
    writeResponse(request, response, refusal)
    done.open()
  })
  const client = new RawClient(port).send(head('/', 'content-length: 0'))
  await done.opened
  client.send('')
  client.socket.end()
  await client.closed()
  expect(client.received).not.toContain('401')
})
