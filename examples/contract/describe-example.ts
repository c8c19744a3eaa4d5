import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkExample } from './check-example.js'
import { type ExampleDelivery, fiveDeliveries, secrets } from './five-deliveries.js'
import { killExamples, type ListeningExample, runExample, startExample } from './start-example.js'

/** How an example is started and tested, where it is not by `node server.js`. */
export interface DescribeExampleOptions {
  readonly command?: readonly string[]
  /** Milliseconds for one start, and for one test. Default 30,000: processes start slowly on a machine that is busy. */
  readonly timeoutMs?: number
  /** Why the runtime takes the body away from what is under way when it stops. That test must then fail. */
  readonly losesBodiesAtStop?: string | undefined
}

/** What every example program promises, whatever framework it shows. */
export function describeExample(
  folder: URL,
  { command, timeoutMs = 30_000, losesBodiesAtStop }: DescribeExampleOptions = {},
): void {
  const start = (env: Record<string, string>) => startExample({ folder, command, env })
  const run = (env: Record<string, string>) => runExample({ folder, command, env })
  vi.setConfig({ testTimeout: timeoutMs, hookTimeout: timeoutMs })
  afterAll(killExamples)

  describe('receives the five senders', () => {
    let example: ListeningExample
    beforeAll(async () => {
      example = await start(secrets)
    })
    afterEach(() => {
      example.lines.length = 0
      example.errorLines.length = 0
    })
    afterAll(() => example.stop())

    it.each(schemes())('%s: handles a delivery and says so in one line of JSON', async (scheme) => {
      const delivery = deliveryOf(scheme)
      expect(await send(example, delivery)).toBe(204)
      await linesCome(example.lines, 1)
      expect(example.lines.map((line) => JSON.parse(line))).toEqual([delivery.handled])
      expect(Object.keys(JSON.parse(example.lines[0] ?? ''))).toEqual(['handled', 'id', 'event'])
      expect(example.errorLines).toEqual([])
    })

    it.each(schemes())('%s: handles a repetition once where the sender says what it is', async (scheme) => {
      const delivery = deliveryOf(scheme)
      const statuses = [await send(example, delivery), await send(example, delivery)]
      // What comes after it shows that nothing more was written for it.
      await send(example, deliveryOf(scheme))
      expect(statuses).toEqual(delivery.isRecognised ? [204, 200] : [204, 204])
      await linesCome(example.lines, delivery.isRecognised ? 2 : 3)
      expect(example.lines).toHaveLength(delivery.isRecognised ? 2 : 3)
    })

    it.each(schemes())('%s: refuses a forgery, handles nothing and logs the code alone', async (scheme) => {
      const strange = Object.fromEntries(
        Object.keys(secrets).map((name) => [name, 'another-secret-0123456789']),
      )
      expect(await send(example, deliveryOf(scheme, strange as typeof secrets))).toBe(401)
      expect(await send(example, { ...deliveryOf(scheme), headers: {} })).toBe(401)
      await linesCome(example.errorLines, 2)
      expect(example.errorLines).toEqual([
        `refused: ${scheme} ERR_WEBHOOK_SIGNATURE_MISMATCH`,
        `refused: ${scheme} ERR_WEBHOOK_HEADER_MISSING`,
      ])
      expect(example.lines).toEqual([])
    })

    it('has no fault that countersign check finds, whoever of the five sends', async () => {
      expect(await checkExample(example)).toEqual([])
    })
  })

  const itKeepsBodies = losesBodiesAtStop === undefined ? it : it.fails
  itKeepsBodies.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: answers what is under way and ends with exit code 0',
    async (signal) => {
      const example = await start(secrets)
      const { headers, body } = deliveryOf('embeddable')
      const socket = connect(Number(new URL(example.url).port), '127.0.0.1')
      const answer: Buffer[] = []
      socket.on('data', (chunk) => answer.push(chunk))
      const head = {
        host: 'localhost',
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...headers,
      }
      socket.write(
        `POST /webhooks/embeddable HTTP/1.1\r\n${Object.entries(head)
          .map((field) => `${field.join(': ')}\r\n`)
          .join('')}\r\n`,
      )
      // An answer to a later request tells that the head of this one has been read.
      await send(example, deliveryOf('scratcher'))
      const ended = example.stop(signal)
      await refusesConnections(example.url)
      socket.write(body)
      await once(socket, 'close')
      expect(Buffer.concat(answer).toString()).toMatch(/^HTTP\/1\.1 204 /)
      expect(await ended).toEqual({ code: 0, signal: null })
      expect(example.lines).toHaveLength(2)
    },
  )

  it.each(Object.keys(secrets))(
    'without %s it says so in one line and ends with exit code 1',
    async (name) => {
      const example = run({ ...secrets, [name]: '' })
      expect(await example.ended).toEqual({ code: 1, signal: null })
      expect(example.lines).toEqual([])
      expect(example.errorLines).toHaveLength(1)
      expect(example.errorLines[0]).toMatch(new RegExp(`^${name} is not set`))
    },
  )

  it('with a secret that was pasted badly it says so in one line, without the secret', async () => {
    const example = run({ ...secrets, VISIBUILD_SECRET: '"in-quotes-0123456789"' })
    expect(await example.ended).toEqual({ code: 1, signal: null })
    expect(example.errorLines).toHaveLength(1)
    expect(example.errorLines[0]).toContain('quotes')
    expect(example.errorLines[0]).not.toContain('in-quotes')
  })
}

function schemes(): string[] {
  return fiveDeliveries().map(({ scheme }) => scheme)
}

function deliveryOf(name: string, given = secrets): ExampleDelivery {
  const delivery = fiveDeliveries(given).find(({ scheme }) => scheme === name)
  if (!delivery) throw new Error(`No delivery for ${name}`)
  return delivery
}

async function send({ url }: ListeningExample, { scheme, headers, body }: ExampleDelivery): Promise<number> {
  const response = await fetch(`${url}/webhooks/${scheme}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  await response.arrayBuffer()
  return response.status
}

/** Output travels through a pipe of its own and may come after the answer. */
async function linesCome(lines: readonly string[], count: number): Promise<void> {
  await expect.poll(() => lines.length, { timeout: 5_000, interval: 5 }).toBeGreaterThanOrEqual(count)
}

/** Some runtimes leave new connections waiting until they end; one that is only slow to hear its signal must not be taken for such. */
async function refusesConnections(url: string): Promise<void> {
  const isRefused = () =>
    fetch(url, { signal: AbortSignal.timeout(3_000) }).then(
      () => false,
      () => true,
    )
  await expect.poll(isRefused, { timeout: 10_000, interval: 5 }).toBe(true)
}
