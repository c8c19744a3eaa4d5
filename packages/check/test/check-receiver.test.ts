import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { visibuild } from '@countersign/core/schemes'
import { expect, onTestFinished, test } from 'vitest'
import type { CheckOptions } from '../src/check-options.js'
import { checkProperties, checkReceiver } from '../src/check-receiver.js'
import { ReceiverUnreachableError } from '../src/receiver-unreachable-error.js'
import { type Arrived, PlainReceiver, receiverSecret } from './support/plain-receiver.js'

const quick = ['refuses-forged', 'refuses-stale']

/** Starts a receiver, and checks it as it is set up. */
async function start(receiver: PlainReceiver) {
  const url = await receiver.start()
  onTestFinished(() => receiver.stop())
  const { scheme } = receiver
  return (options: Partial<CheckOptions> = {}) =>
    checkReceiver({ url, scheme, secret: receiverSecret, timeoutMs: 3_000, ...options })
}

test('says that nobody answers', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const url = `http://127.0.0.1:${port}/hook?token=not-told`
  const checking = checkReceiver({ url, scheme: visibuild(), secret: receiverSecret })
  await expect(checking).rejects.toThrow(ReceiverUnreachableError)
  await expect(checking).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await expect(checking).rejects.toThrow(
    `nobody answers at http://127.0.0.1:${port}/hook (ECONNREFUSED); is the receiver running?`,
  )
})

test('only and skip choose properties, and the first is always there', async () => {
  const check = await start(new PlainReceiver())
  const namesOf = async (options: Partial<CheckOptions>) =>
    (await check(options)).properties.map(({ property }) => property)
  expect(await namesOf({ only: quick })).toEqual(['accepts-valid', ...quick])
  expect(await namesOf({ only: quick, skip: ['refuses-forged'] })).toEqual(['accepts-valid', 'refuses-stale'])
  await expect(check({ only: ['refuses-everything'] })).rejects.toThrow(
    /There is no property "refuses-everything"; there are accepts-valid, /,
  )
  await expect(check({ skip: ['refuses-everything'] })).rejects.toMatchObject({
    code: 'ERR_WEBHOOK_OPTION_INVALID',
  })
})

test('has a name and a sentence for every property', () => {
  expect(checkProperties.length).toBeGreaterThan(30)
  expect(new Set(checkProperties.map(({ property }) => property)).size).toBe(checkProperties.length)
  for (const { property, says } of checkProperties) {
    expect(property).toMatch(/^[a-z]+(-[a-z]+)+$/)
    expect(says).toMatch(/^[a-z].*[^.]$/)
  }
})

test('tells each property as soon as it is judged', async () => {
  const check = await start(new PlainReceiver())
  const progress: unknown[] = []
  const { properties } = await check({ only: quick, onProgress: (each) => progress.push(each) })
  expect(progress).toEqual(properties.map((judged, index) => ({ judged, done: index + 1, total: 3 })))
})

test('ends when its signal says so, and leaves no connection behind', async () => {
  let open = 0
  class Slow extends PlainReceiver {
    protected override async handle(): Promise<void> {
      interruption.abort(new Error('enough'))
      await new Promise(() => {})
    }

    override async start(): Promise<string> {
      this.server.on('connection', (socket) => {
        open++
        socket.on('close', () => open--)
      })
      return super.start()
    }
  }
  const interruption = new AbortController()
  const check = await start(new Slow())
  await expect(check({ signal: interruption.signal })).rejects.toThrow('enough')
  await expect.poll(() => open).toBe(0)
  await expect(check({ signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before')
})

test('judges by the time it is given', async () => {
  const then = Date.parse('2020-02-29T12:00:00Z')
  class Old extends PlainReceiver {
    protected override isTimely(seconds: number): boolean {
      return Math.abs(then / 1000 - seconds) <= 300
    }
  }
  const check = await start(new Old())
  const only = ['refuses-stale', 'refuses-future', 'tolerates-delay', 'binds-time']
  expect((await check({ only, now: () => then })).properties.map(({ verdict }) => verdict)).toEqual(
    Array(5).fill('pass'),
  )
  expect((await check({ only })).properties[0]).toMatchObject({ verdict: 'fail', fault: 'refuses-valid' })
})

test('sends the payload and the event it is given, each time as a new event', async () => {
  const seen: { id: unknown; type: unknown; amount: unknown; header: unknown }[] = []
  class Seeing extends PlainReceiver {
    protected override async handleOnce(arrived: Arrived, payload: { readonly id: string }): Promise<void> {
      const { id, type, amount } = payload as Record<string, unknown>
      seen.push({ id, type, amount, header: arrived.request.headers['x-visibuild-event'] })
      return super.handleOnce(arrived, payload)
    }
  }
  const check = await start(new Seeing())
  const { passed } = await check({
    payload: { id: 'evt_1', amount: 5 },
    event: 'ticket.paid',
    only: ['answers-in-time'],
  })
  expect(passed).toBe(true)
  expect(seen).toEqual(
    Array(3).fill({
      id: expect.stringMatching(/^evt_[0-9a-f-]{36}$/),
      type: 'ticket.paid',
      amount: 5,
      header: 'ticket.paid',
    }),
  )
  expect(new Set(seen.map(({ id }) => id)).size).toBe(3)
})

test('a rate limit is no refusal, and nothing passes by it', async () => {
  class Limiting extends PlainReceiver {
    #left = 4
    protected override takesMethod(): boolean {
      return this.#left-- > 0
    }

    protected override answer(
      response: Parameters<PlainReceiver['answer']>[0],
      status: number,
      body?: string,
    ): void {
      super.answer(response, status === 405 ? 429 : status, body)
    }
  }
  const check = await start(new Limiting())
  const { passed, properties } = await check({ only: [...quick, 'verifies-raw-bytes'] })
  expect(properties.map(({ verdict }) => verdict)).toEqual(['pass', 'unknown', 'unknown', 'unknown'])
  expect(properties[1]?.advice).toContain('rate limit')
  expect(passed).toBe(true)
})

test('what met nobody is not taken for refused, nor for not taken', async () => {
  class Away extends PlainReceiver {
    /** Ends for good with the third delivery. */
    protected override async handle(payload: { readonly id: string }): Promise<void> {
      await super.handle(payload)
      if (this.handled > 3) this.stop()
    }
  }
  const check = await start(new Away())
  const only = ['refuses-forged', 'verifies-raw-bytes', 'refuses-stale', 'finds-headers-in-any-case']
  const { properties } = await check({ only })
  const found = properties.map(({ property, verdict, fault }) => [property, verdict, fault])
  expect(found).toEqual([
    ['accepts-valid', 'pass', undefined],
    ['refuses-forged', 'pass', undefined],
    ['verifies-raw-bytes', 'fail', 'dies'],
    ['finds-headers-in-any-case', 'unknown', undefined],
    ['refuses-stale', 'unknown', undefined],
  ])
})

class Quiet extends PlainReceiver {
  protected override answer(response: Parameters<PlainReceiver['answer']>[0], status: number): void {
    super.answer(response, status === 200 ? 204 : status)
  }
}

test('without a count, what answers do not tell is not known', async () => {
  const check = await start(new Quiet())
  const only = ['handles-once', 'handles-retries-once', 'handles-replays-once', 'handles-copies-once']
  const { passed, properties } = await check({ only })
  expect(properties.slice(1).map(({ verdict }) => verdict)).toEqual(Array(4).fill('unknown'))
  expect(properties[1]?.advice).toContain('--handled-url')
  expect(passed).toBe(true)
})

test('where a repetition is told apart, an answer to a first delivery tells what ran', async () => {
  class ByHeader extends PlainReceiver {
    protected override keyOf({ request }: Arrived): string {
      return String(request.headers['x-visibuild-delivery'])
    }
  }
  const check = await start(new ByHeader())
  const { properties } = await check({
    only: ['handles-once', 'handles-retries-once', 'handles-replays-once'],
  })
  expect(properties.map(({ fault }) => fault)).toEqual([undefined, undefined, undefined, 'runs-replays'])
})

test('answers that count tell a repetition that ran', async () => {
  class Counting extends PlainReceiver {
    protected override keyOf(): string {
      return String(this.handled)
    }

    protected override answer(response: Parameters<PlainReceiver['answer']>[0], status: number): void {
      super.answer(response, status === 204 ? 200 : status, JSON.stringify({ handled: this.handled }))
    }
  }
  const check = await start(new Counting())
  const { properties } = await check({ only: ['handles-once'] })
  expect(properties[1]).toMatchObject({ verdict: 'fail', fault: 'runs-twice' })
})

test('a count that does not rise counts nothing', async () => {
  const check = await start(new Quiet())
  const { properties } = await check({ only: ['handles-once'], handled: () => 7, timeoutMs: 300 })
  expect(properties[0]).toMatchObject({ verdict: 'pass', evidence: expect.stringContaining('did not rise') })
  expect(properties[1]?.verdict).toBe('unknown')
})

test('a count that is seen late counts right', async () => {
  const receiver = new PlainReceiver()
  const check = await start(receiver)
  let seen = 0
  const handled = () => {
    const now = receiver.handled
    setTimeout(() => {
      seen = Math.max(seen, now)
    }, 60)
    return seen
  }
  const only = ['refuses-forged', 'handles-once', 'handles-copies-once', 'takes-one-method']
  const { properties } = await check({ only, handled })
  expect(properties.map(({ verdict }) => verdict)).toEqual(Array(5).fill('pass'))
})

test('a slow queue behind the receiver changes nothing', async () => {
  const receiver = new PlainReceiver()
  const check = await start(receiver)
  let done = 0
  const worker = setInterval(() => {
    done = Math.min(done + 1, receiver.handled)
  }, 120)
  onTestFinished(() => clearInterval(worker))
  const only = ['reads-whole-body', 'finds-headers-in-any-case', 'handles-once', 'handles-replays-once']
  const { properties } = await check({ only, handled: () => done })
  expect(properties.map(({ verdict }) => verdict)).toEqual(Array(5).fill('pass'))
})

test('a count that is no number is refused', async () => {
  const check = await start(new PlainReceiver())
  await expect(check({ handled: () => Number.NaN })).rejects.toThrow('handled() must give how many')
})

test('no report holds the secret, a signature or what an answer said', async () => {
  class Leaking extends PlainReceiver {
    protected override refuse({ response, time, body }: Arrived): void {
      const [expected] = this.signaturesOf(time, body)
      const stack = new Error(receiverSecret).stack
      this.answer(response, 401, `${receiverSecret} ${expected} ${stack} private-word`)
    }
  }
  const check = await start(new Leaking())
  const report = await check({ skip: ['ends-stalled-body', 'ends-slow-head', 'limits-body'] })
  const text = JSON.stringify(report)
  expect(report.properties.find(({ property }) => property === 'tells-nothing')?.fault).toBe('leaks-secret')
  for (const secret of [receiverSecret, Buffer.from(receiverSecret).toString('base64'), 'private-word'])
    expect(text).not.toContain(secret)
  expect(text).not.toMatch(/[0-9a-f]{32}/)
})

test('a large body that is ended for its time does not show that there is a limit on bytes', async () => {
  class LimitedInTime extends PlainReceiver {
    protected override cutOff(response: ServerResponse): void {
      super.cutOff(response, 408)
    }
  }
  const check = await start(new LimitedInTime())
  const { properties } = await check({ only: ['limits-body'] })
  expect(properties[1]).toMatchObject({ property: 'limits-body', verdict: 'unknown' })
  expect(properties[1]?.advice).toContain('time')
})
