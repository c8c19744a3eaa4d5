import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { drainRequest } from '../../src/node/drain-request.js'

const limits = { maxBytes: 1000, timeoutMs: 60_000 }

function requestOf(...chunks: Uint8Array[]): IncomingMessage {
  return Readable.from(chunks, { objectMode: false }) as unknown as IncomingMessage
}

test('takes a body to its end', async () => {
  const request = requestOf(Buffer.alloc(500), Buffer.alloc(500))
  expect(await drainRequest(request, limits)).toBe(true)
  expect(await drainRequest(request, limits)).toBe(true)
})

test('cuts the connection at one byte too many', async () => {
  const request = requestOf(Buffer.alloc(500), Buffer.alloc(501), Buffer.alloc(1))
  expect(await drainRequest(request, limits)).toBe(false)
  expect(request.destroyed).toBe(true)
})

test('cuts the connection when the time is over', async () => {
  const request = new Readable({ read: () => undefined }) as unknown as IncomingMessage
  expect(await drainRequest(request, { ...limits, timeoutMs: 10 })).toBe(false)
  expect(request.destroyed).toBe(true)
})

test('ends with the connection', async () => {
  const request = new Readable({ read: () => undefined }) as unknown as IncomingMessage
  setImmediate(() => request.destroy())
  expect(await drainRequest(request, limits)).toBe(false)
  expect(await drainRequest(request, limits)).toBe(false)
})

test('a reader that gave up is given nothing more', async () => {
  const request = requestOf(Buffer.from('more'))
  const reader = vi.fn()
  request.on('data', reader).pause()
  expect(await drainRequest(request, limits)).toBe(true)
  expect(reader).not.toHaveBeenCalled()
})
