import { afterEach, expect, test, vi } from 'vitest'
import { drainRequest } from '../../src/fetch/drain-request.js'
import { requestOf, requestWith, SilentSource } from './support/request-with.js'

const mebibyte = 1024 * 1024

afterEach(() => {
  vi.useRealTimers()
})

/** Gives so many pieces of a mebibyte, and counts them. */
function createSource(pieces: number) {
  return {
    given: 0,
    isCancelled: false,
    pull(controller: ReadableStreamDefaultController<unknown>) {
      if (this.given === pieces) return controller.close()
      this.given += 1
      controller.enqueue(new Uint8Array(mebibyte))
    },
    cancel() {
      this.isCancelled = true
    },
  }
}

test('takes a body of 16 MiB to its end', async () => {
  const source = createSource(16)
  const request = requestWith(source)
  await drainRequest(request)
  expect(source).toMatchObject({ given: 16, isCancelled: false })
  expect(request.bodyUsed).toBe(true)
})

test('stops at one byte more', async () => {
  const source = createSource(1000)
  await drainRequest(requestWith(source))
  expect(source).toMatchObject({ given: 17, isCancelled: true })
})

test('stops after a second', async () => {
  vi.useFakeTimers()
  const source = new SilentSource()
  const draining = drainRequest(requestWith(source))
  await vi.advanceTimersByTimeAsync(999)
  expect(source.isCancelled).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await draining
  expect(source.isCancelled).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('waits for no cancellation, which may never come to an end', async () => {
  const source = { ...createSource(1000), cancel: () => new Promise<void>(() => undefined) }
  await drainRequest(requestWith(source))
})

test('keeps no timer for a body that came at once', async () => {
  vi.useFakeTimers()
  await drainRequest(requestOf(Uint8Array.of(1)))
  expect(vi.getTimerCount()).toBe(0)
})

test.each<[string, () => Request]>([
  ['breaks off', () => requestWith({ pull: (controller) => controller.error(new Error('reset')) })],
  ['cannot be cancelled', () => requestWith({ ...createSource(1000), cancel: () => Promise.reject('no') })],
  [
    'cannot even be had',
    () =>
      Object.create(Request.prototype, {
        body: {
          get() {
            throw new TypeError('no such request')
          },
        },
      }),
  ],
])('a body that %s is nobody’s error', async (_how, make) => {
  await expect(drainRequest(make())).resolves.toBeUndefined()
})

test('a body that is not there, or that somebody else reads, is left alone', async () => {
  await drainRequest(new Request('http://test/'))
  const locked = requestOf(Uint8Array.of(1))
  const reader = locked.body?.getReader()
  await drainRequest(locked)
  expect((await reader?.read())?.value).toEqual(Uint8Array.of(1))
  const used = requestOf(Uint8Array.of(1))
  await used.arrayBuffer()
  await drainRequest(used)
})
