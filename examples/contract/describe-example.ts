import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkExample } from './check-example.js'
import { deliveryOf, type ExampleDelivery, fiveDeliveries, secrets } from './five-deliveries.js'
import { openRequest } from './open-request.js'
import { killExamples, type ListeningExample, runExample, startExample } from './start-example.js'

/** How an example is built and started, if it needs more than `node server.js`. */
export interface DescribeExampleOptions {
  /** Default: this Node with `server.js`. */
  readonly command?: readonly string[]
  /** Runs once before the tests, as the example's `prestart` script does. */
  readonly build?: (folder: URL) => Promise<void>
  /** An issue of the runtime: when it stops, it drops the bodies of running requests. That test must then fail. */
  readonly losesBodiesAtStop?: string
}

/** For one start and for one test: processes start slowly on a busy machine. */
const timeoutMs = 30_000
const buildTimeoutMs = 300_000

/** The tests of every example, whatever framework it shows. */
export function describeExample(
  folder: URL,
  { command, build, losesBodiesAtStop }: DescribeExampleOptions = {},
): void {
  const start = (env: Record<string, string>) => startExample({ folder, command, env })
  const run = (env: Record<string, string>) => runExample({ folder, command, env })
  vi.setConfig({ testTimeout: timeoutMs, hookTimeout: timeoutMs })
  if (build) beforeAll(() => build(folder), buildTimeoutMs)
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

    it.each(schemes)('%s: handles a delivery and logs it in one line of JSON', async (scheme) => {
      const delivery = deliveryOf(scheme)
      expect(await send(example, delivery)).toBe(204)
      await waitForLines(example.lines, 1)
      expect(example.lines.map((line) => JSON.parse(line))).toEqual([delivery.handled])
      expect(Object.keys(JSON.parse(example.lines[0] ?? ''))).toEqual(['handled', 'id', 'event'])
      expect(example.errorLines).toEqual([])
    })

    it.each(schemes)('%s: handles a repetition once if the sender identifies its events', async (scheme) => {
      const delivery = deliveryOf(scheme)
      const statuses = [await send(example, delivery), await send(example, delivery)]
      // The line of a later delivery shows that nothing else was logged before.
      await send(example, deliveryOf(scheme))
      expect(statuses).toEqual(delivery.isRecognised ? [204, 200] : [204, 204])
      await waitForLines(example.lines, delivery.isRecognised ? 2 : 3)
      expect(example.lines).toHaveLength(delivery.isRecognised ? 2 : 3)
    })

    it.each(schemes)('%s: refuses a forgery, handles nothing and logs the code alone', async (scheme) => {
      const wrong = Object.fromEntries(
        Object.keys(secrets).map((name) => [name, 'another-secret-0123456789']),
      )
      expect(await send(example, deliveryOf(scheme, wrong as typeof secrets))).toBe(401)
      expect(await send(example, { ...deliveryOf(scheme), headers: {} })).toBe(401)
      await waitForLines(example.errorLines, 2)
      expect(example.errorLines).toEqual([
        `refused: ${scheme} ERR_WEBHOOK_SIGNATURE_MISMATCH`,
        `refused: ${scheme} ERR_WEBHOOK_HEADER_MISSING`,
      ])
      expect(example.lines).toEqual([])
    })

    it('passes countersign check with each of the five senders', async () => {
      expect(await checkExample(example)).toEqual([])
    })
  })

  const itKeepsBodies = losesBodiesAtStop === undefined ? it : it.fails
  itKeepsBodies.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: finishes running requests and ends with exit code 0',
    async (signal) => {
      const example = await start(secrets)
      const { headers, body } = deliveryOf('embeddable')
      const socket = openRequest(`${example.url}/webhooks/embeddable`, headers, body)
      const answer: Buffer[] = []
      socket.on('data', (chunk) => answer.push(chunk))
      // The answer to a later request shows that the server has read this request's head.
      await send(example, deliveryOf('scratcher'))
      const ended = example.stop(signal)
      await waitForRefusal(example.url)
      socket.write(body)
      await once(socket, 'close')
      expect(Buffer.concat(answer).toString()).toMatch(/^HTTP\/1\.1 204 /)
      expect(await ended).toEqual({ code: 0, signal: null })
      expect(example.lines).toHaveLength(2)
    },
  )

  it.each(Object.keys(secrets))(
    'without %s it logs that in one line and ends with exit code 1',
    async (name) => {
      const example = run({ ...secrets, [name]: '' })
      expect(await example.ended).toEqual({ code: 1, signal: null })
      expect(example.lines).toEqual([])
      expect(example.errorLines).toHaveLength(1)
      expect(example.errorLines[0]).toMatch(new RegExp(`^${name} is not set`))
    },
  )

  it('with a secret in quotes it logs that in one line, without the secret', async () => {
    const example = run({ ...secrets, VISIBUILD_SECRET: '"in-quotes-0123456789"' })
    expect(await example.ended).toEqual({ code: 1, signal: null })
    expect(example.errorLines).toHaveLength(1)
    expect(example.errorLines[0]).toContain('quotes')
    expect(example.errorLines[0]).not.toContain('in-quotes')
  })
}

const schemes = fiveDeliveries().map(({ scheme }) => scheme)

async function send({ url }: ListeningExample, { scheme, headers, body }: ExampleDelivery): Promise<number> {
  const response = await fetch(`${url}/webhooks/${scheme}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  await response.arrayBuffer()
  return response.status
}

/** Waits for lines: output goes through another pipe and may arrive after the answer. */
async function waitForLines(lines: readonly string[], count: number): Promise<void> {
  await expect.poll(() => lines.length, { timeout: 5_000, interval: 5 }).toBeGreaterThanOrEqual(count)
}

/** Waits until new connections fail. Some runtimes leave them open until they end, so a time-out counts as a failure too. */
async function waitForRefusal(url: string): Promise<void> {
  const isRefused = () =>
    fetch(url, { signal: AbortSignal.timeout(3_000) }).then(
      () => false,
      () => true,
    )
  await expect.poll(isRefused, { timeout: 10_000, interval: 5 }).toBe(true)
}
