import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { github, hmacScheme, scratcher, shopify, visibuild, visisto } from '@countersign/core/schemes'
import { createSender, type SentAttempt, type SignedRequest, sendWithRetries } from '@countersign/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const secret = 'a secret of the retries'
let server: Server
let url: string
let handle: (message: IncomingMessage, response: ServerResponse) => void
let bodies: string[]

beforeAll(async () => {
  server = createServer(async (message, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of message) chunks.push(chunk)
    bodies.push(Buffer.concat(chunks).toString())
    handle(message, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  bodies = []
})

/** Answers with these statuses, one after the other. */
function answerWith(...statuses: number[]): IncomingMessage['headers'][] {
  const seen: IncomingMessage['headers'][] = []
  handle = ({ headers }, response) => {
    response.writeHead(statuses[seen.length] ?? 500).end()
    seen.push(headers)
  }
  return seen
}

async function attemptsOf(attempts: AsyncIterable<SentAttempt>): Promise<SentAttempt[]> {
  const all: SentAttempt[] = []
  for await (const attempt of attempts) all.push(attempt)
  return all
}

describe('prepare', () => {
  const ofAttempt = ({ headers, body }: SignedRequest) => ({ headers, body: Buffer.from(body).toString() })

  test.each([
    ['visibuild', visibuild()],
    ['visisto, with its time in the body', visisto()],
    ['shopify, with ids of its own in headers', shopify()],
    ['github', github()],
  ])('%s: attempts have one body and one id', (_, scheme) => {
    let now = 1_773_738_000_000
    const delivery = createSender({ scheme, secret, now: () => now }).prepare()
    const first = ofAttempt(delivery.sign())
    expect(ofAttempt(delivery.sign())).toEqual(first)
    now += 60_000
    const later = ofAttempt(delivery.sign())
    expect(later.body).toBe(first.body)
    const changed = later.headers.filter(([name, value]) =>
      first.headers.every(([n, v]) => n !== name || v !== value),
    )
    const expected = scheme.name === 'visibuild' ? ['X-Visibuild-Timestamp', 'X-Visibuild-Signature'] : []
    expect(changed.map(([name]) => name)).toEqual(expected)
  })

  test('a time that was chosen stays', () => {
    let now = 1_773_738_000_000
    const delivery = createSender({ scheme: visibuild(), secret, now: () => now }).prepare({ timestamp: now })
    const first = delivery.sign()
    now += 60_000
    expect(delivery.sign()).toEqual(first)
  })

  test('names the delivery and its event as the scheme does', () => {
    const name = (scheme: Parameters<typeof createSender>[0]['scheme'], options = {}) => {
      const { id, event } = createSender({ scheme, secret: 'a:b' }).prepare(options)
      return { id, event }
    }
    expect(name(visibuild(), { id: 'a', event: 'b' })).toEqual({ id: 'a', event: 'b' })
    expect(name(visibuild(), { id: 'a', body: '{"type":"c"}' })).toEqual({ id: 'a', event: 'c' })
    expect(name(visibuild(), { id: 'a', body: 'no JSON', event: 'd' })).toEqual({ id: 'a', event: 'd' })
    expect(name(scratcher())).toEqual({ id: undefined, event: undefined })
    const inBody = hmacScheme({
      name: 'in-body',
      header: 'x-s',
      deliveryId: { json: '/meta/id' },
      eventType: { json: '/type' },
    })
    expect(name(inBody, { payload: { meta: { id: 7 }, type: 'e' } })).toEqual({ id: '7', event: 'e' })
    expect(name(inBody, { payload: [] })).toEqual({ id: undefined, event: undefined })
  })
})

describe('sendWithRetries', () => {
  const deliveryOf = (now = () => Date.now()) =>
    createSender({ scheme: visibuild(), secret, now }).prepare({ url })

  test('goes on until 2xx, at the pace of the schedule', async () => {
    const seen = answerWith(500, 302, 204)
    const waited: number[] = []
    let now = 1_773_738_000_000
    const wait = async (ms: number) => {
      waited.push(ms)
      now += 10_000
    }
    const attempts = await attemptsOf(
      sendWithRetries(
        deliveryOf(() => now),
        { schedule: [0, 30, 120, 300, 550], withinMs: 1_000, wait },
      ),
    )
    expect(
      attempts.map(({ attempt, afterSeconds, response }) => [attempt, afterSeconds, response?.status]),
    ).toEqual([
      [1, 0, 500],
      [2, 30, 302],
      [3, 150, 204],
    ])
    expect(waited).toEqual([30, 120])
    expect(new Set(seen.map((headers) => headers['x-visibuild-delivery'])).size).toBe(1)
    expect(new Set(seen.map((headers) => headers['x-visibuild-signature'])).size).toBe(3)
    expect(new Set(bodies).size).toBe(1)
  })

  test('ends with the schedule, and keeps the pace of a short one', async () => {
    answerWith(500, 500)
    const waited: number[] = []
    const wait = async (ms: number) => void waited.push(ms)
    const attempts = await attemptsOf(sendWithRetries(deliveryOf(), { schedule: [0, 2], wait }))
    expect(attempts.map(({ response }) => response?.status)).toEqual([500, 500])
    expect(waited).toEqual([2_000])
  })

  test('an attempt that nobody answers is one that failed', async () => {
    const seen = answerWith(200)
    const answering = handle
    handle = (message) => {
      message.socket.destroy()
      handle = answering
    }
    const attempts = await attemptsOf(sendWithRetries(deliveryOf(), { schedule: [0, 0, 0] }))
    expect(attempts.map(({ response, error }) => [response?.status, error instanceof Error])).toEqual([
      [undefined, true],
      [200, false],
    ])
    expect(seen).toHaveLength(1)
  })

  test.each(['while it waits', 'while nobody answers'])(
    'ends at once when it is aborted %s',
    async (when) => {
      const { signal, abort } = abortion()
      answerWith(500)
      if (when !== 'while it waits') handle = () => setTimeout(abort, 10)
      const attempts: SentAttempt[] = []
      for await (const attempt of sendWithRetries(deliveryOf(), { schedule: [0, 9], signal })) {
        attempts.push(attempt)
        setTimeout(abort, 10)
      }
      expect(attempts).toHaveLength(when === 'while it waits' ? 1 : 0)
    },
  )

  test('does nothing where it is aborted before', async () => {
    const seen = answerWith(200)
    const signal = AbortSignal.abort()
    expect(await attemptsOf(sendWithRetries(deliveryOf(), { schedule: [5], signal }))).toEqual([])
    expect(seen).toEqual([])
  })
})

function abortion() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
