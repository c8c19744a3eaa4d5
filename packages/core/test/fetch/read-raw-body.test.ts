import { createContext, runInContext } from 'node:vm'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../../test/support/gate.js'
import { readRawBody } from '../../src/fetch/read-raw-body.js'
import { requestOf, requestWith, SilentSource } from './support/request-with.js'

const limits = { maxBodyBytes: 1000, bodyTimeoutMs: 60_000 }

afterEach(() => {
  vi.useRealTimers()
})

describe('readRawBody of fetch', () => {
  test('joins the pieces, byte for byte', async () => {
    const pieces = [Uint8Array.of(0xef, 0xbb, 0xbf, 0xff), new Uint8Array(), Uint8Array.of(0, 0x0d, 0x0a)]
    const bytes = await readRawBody(requestOf(...pieces), limits)
    expect([...bytes]).toEqual([0xef, 0xbb, 0xbf, 0xff, 0, 0x0d, 0x0a])
  })

  test('a request without a body has no bytes', async () => {
    expect(await readRawBody(new Request('http://test/'), limits)).toEqual(new Uint8Array())
    expect(await readRawBody(new Request('http://test/', { method: 'POST' }), limits)).toHaveLength(0)
    expect(await readRawBody(requestOf(), limits)).toHaveLength(0)
  })

  test.each([0, 1, 1000])(
    'a limit of %d bytes lets as many through, and not one more',
    async (maxBodyBytes) => {
      const exact = new Uint8Array(maxBodyBytes)
      expect(await readRawBody(requestOf(exact), { ...limits, maxBodyBytes })).toHaveLength(maxBodyBytes)
      const more = requestOf(exact, new Uint8Array(1))
      await expect(readRawBody(more, { ...limits, maxBodyBytes })).rejects.toMatchObject({
        code: 'ERR_WEBHOOK_BODY_TOO_LARGE',
      })
    },
  )

  test('what is too large is thrown away to its end, so that the connection can go on', async () => {
    const ended = createGate()
    let pieces = 0
    const request = requestWith({
      pull(controller) {
        pieces += 1
        if (pieces <= 5) return controller.enqueue(new Uint8Array(600))
        controller.close()
        ended.open()
      },
    })
    await expect(readRawBody(request, limits)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_BODY_TOO_LARGE',
    })
    await ended.opened
  })

  test('stops waiting after the time, and tells the sender to stop a little later', async () => {
    vi.useFakeTimers()
    const source = new SilentSource()
    const reading = readRawBody(requestWith(source), { ...limits, bodyTimeoutMs: 5000 })
    const refused = expect(reading).rejects.toMatchObject({ code: 'ERR_WEBHOOK_BODY_TIMEOUT' })
    await vi.advanceTimersByTimeAsync(4999)
    expect(source.isCancelled).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await refused
    await vi.advanceTimersByTimeAsync(1000)
    expect(source.isCancelled).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a sender that drips does not gain time by it', async () => {
    vi.useFakeTimers()
    const request = requestWith({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        controller.enqueue(Uint8Array.of(1))
      },
    })
    const reading = readRawBody(request, { ...limits, bodyTimeoutMs: 1000 })
    const refused = expect(reading).rejects.toMatchObject({ code: 'ERR_WEBHOOK_BODY_TIMEOUT' })
    await vi.advanceTimersByTimeAsync(1000)
    await refused
  })

  test('leaves no timer behind', async () => {
    vi.useFakeTimers()
    await readRawBody(requestOf(Uint8Array.of(1)), limits)
    expect(vi.getTimerCount()).toBe(0)
    await readRawBody(requestOf(new Uint8Array(2000)), limits).catch(() => undefined)
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0))
  })

  test('a body that breaks off is incomplete, and says why', async () => {
    const cause = new Error('reset')
    const request = requestWith({ pull: (controller) => controller.error(cause) })
    await expect(readRawBody(request, limits)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_BODY_INCOMPLETE',
      cause,
    })
  })

  test.each([[['text']], [['te', 'xt']], [[new ArrayBuffer(3)]], [[{}]], [[Uint8Array.of(1), undefined]]])(
    'a stream of %j has no exact bytes',
    async (pieces) => {
      await expect(readRawBody(requestOf(...pieces), limits)).rejects.toMatchObject({
        code: 'ERR_WEBHOOK_BODY_INCOMPLETE',
      })
    },
  )

  test('bytes of another realm, as a sandbox hands over, become bytes of this one', async () => {
    const foreign: Uint8Array = runInContext('Uint8Array.of(1, 2, 255)', createContext())
    expect(foreign).not.toBeInstanceOf(Uint8Array)
    const bytes = await readRawBody(requestOf(foreign), limits)
    expect(bytes).toBeInstanceOf(Uint8Array)
    expect([...bytes]).toEqual([1, 2, 255])
  })

  test.each<[string, (request: Request) => unknown]>([
    ['read', (request) => request.text()],
    ['locked', (request) => request.body?.getReader()],
    ['read and locked', async (request) => await request.body?.getReader().read()],
    [
      'read in part and given back',
      async (request) => {
        const reader = request.body?.getReader()
        await reader?.read()
        reader?.releaseLock()
      },
    ],
  ])('a body that somebody has %s is gone, and the error says what to do', async (_how, disturb) => {
    const request = requestOf(Uint8Array.of(1), Uint8Array.of(2))
    await disturb(request)
    await expect(readRawBody(request, limits, 'Leave parser X out.')).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_BODY_ALREADY_PARSED',
      message: expect.stringContaining('Leave parser X out.'),
    })
  })
})
