import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { embeddable } from '@countersign/core/schemes'
import { createSender, type SignedRequest, sendRequest } from '@countersign/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let server: Server
let url: string
let handle: (message: IncomingMessage, response: ServerResponse) => void

beforeAll(async () => {
  server = createServer((message, response) => handle(message, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks?a=1`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Answers with what came. */
beforeEach(() => {
  handle = async (message, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of message) chunks.push(chunk)
    const { method, url: target, rawHeaders } = message
    response.statusCode = 202
    response.setHeader('x-answer', 'yes')
    response.end(
      JSON.stringify({ method, target, rawHeaders, body: Buffer.concat(chunks).toString('base64') }),
    )
  }
})

const bytes = Uint8Array.from([0, 255, 13, 10, 239, 187, 191])

function requestWith(headers: SignedRequest['headers'], body: Uint8Array = bytes): SignedRequest {
  return { method: 'POST', url, headers, body }
}

describe('sendRequest', () => {
  test('sends method, target, header pairs and body exactly, and reports the answer', async () => {
    const { status, headers, body } = await sendRequest(
      requestWith([
        ['X-Twice', 'one'],
        ['x-twice', 'two'],
        ['X-Latin', 'é'],
        ['X-Empty', ''],
      ]),
    )
    expect(status).toBe(202)
    expect(headers['x-answer']).toBe('yes')
    const got = JSON.parse(body)
    expect(got).toMatchObject({
      method: 'POST',
      target: '/hooks?a=1',
      body: Buffer.from(bytes).toString('base64'),
    })
    expect(got.rawHeaders.slice(-8)).toEqual([
      'X-Twice',
      'one',
      'x-twice',
      'two',
      'X-Latin',
      'é',
      'X-Empty',
      '',
    ])
    expect(got.rawHeaders).toContain('content-length')
  })

  test('leaves headers alone that it would add', async () => {
    const { body } = await sendRequest(
      requestWith([
        ['Host', 'hooks.example.com'],
        ['Transfer-Encoding', 'chunked'],
        ['Connection', 'close'],
      ]),
    )
    const got = JSON.parse(body)
    expect(got.rawHeaders).toEqual([
      'Host',
      'hooks.example.com',
      'Transfer-Encoding',
      'chunked',
      'Connection',
      'close',
    ])
    expect(got.body).toBe(Buffer.from(bytes).toString('base64'))
  })

  test('sends characters beyond Latin-1 as their UTF-8 bytes', async () => {
    const { body } = await sendRequest(requestWith([['X-Time', '١٢٣']]))
    expect(Buffer.from(JSON.parse(body).rawHeaders.at(-1), 'latin1').toString('utf8')).toBe('١٢٣')
  })

  test('takes an answer that comes before the body is sent to its end', async () => {
    handle = (_, response) => response.writeHead(413, { connection: 'close' }).end('too large')
    const request = requestWith([['content-length', '2147483648']], Buffer.from('a'))
    expect(await sendRequest(request)).toMatchObject({ status: 413, body: 'too large' })
  })

  test('fails where nobody listens, where the connection is cut, and where no answer comes in time', async () => {
    const tcp = createTcpServer()
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
    const { port } = tcp.address() as AddressInfo
    await new Promise((resolve) => tcp.close(resolve))
    await expect(sendRequest({ ...requestWith([]), url: `http://127.0.0.1:${port}/` })).rejects.toThrow(
      'ECONNREFUSED',
    )
    handle = (message) => message.destroy()
    await expect(sendRequest(requestWith([]))).rejects.toThrow()
    handle = () => {}
    await expect(sendRequest(requestWith([]), { timeoutMs: 20 })).rejects.toThrow('aborted')
  })

  test('speaks TLS to an https URL, which a server without it does not understand', async () => {
    const secure = requestWith([])
    await expect(sendRequest({ ...secure, url: url.replace('http:', 'https:') })).rejects.toThrow(
      /SSL|EPROTO/,
    )
  })

  test('asks for a whole URL', async () => {
    await expect(sendRequest({ ...requestWith([]), url: '/hooks' })).rejects.toThrow('Invalid URL')
  })
})

test('send() signs and delivers', async () => {
  const sender = createSender({ scheme: embeddable(), secret: 'a secret of the sender tests' })
  const { status, body } = await sender.send({ url, payload: { name: 'Ada' } })
  const got = JSON.parse(body)
  expect(status).toBe(202)
  expect(Buffer.from(got.body, 'base64').toString()).toBe('{"name":"Ada"}')
  expect(got.rawHeaders).toContain('X-Signature')
})
