import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { readRawBody } from '../../src/node/read-raw-body.js'

const limits = { maxBodyBytes: 1000, bodyTimeoutMs: 60_000 }

/** A request as far as reading its body goes. Nobody can make node:http send what these do. */
const requestOf = (stream: Readable) => stream as unknown as IncomingMessage

describe('readRawBody', () => {
  test('joins the pieces', async () => {
    const pieces = [Buffer.from([0xff, 0]), Buffer.from('grüße')]
    const bytes = await readRawBody(requestOf(Readable.from(pieces, { objectMode: false })), limits)
    expect(Buffer.from(bytes)).toEqual(Buffer.concat(pieces))
  })

  test.each([0, 1, 1000])(
    'a limit of %d bytes lets as many through, and not one more',
    async (maxBodyBytes) => {
      const exact = Readable.from([Buffer.alloc(maxBodyBytes)], { objectMode: false })
      expect(await readRawBody(requestOf(exact), { ...limits, maxBodyBytes })).toHaveLength(maxBodyBytes)
      const more = Readable.from([Buffer.alloc(maxBodyBytes), Buffer.alloc(1)], { objectMode: false })
      await expect(readRawBody(requestOf(more), { ...limits, maxBodyBytes })).rejects.toMatchObject({
        code: 'ERR_WEBHOOK_BODY_TOO_LARGE',
      })
    },
  )

  test('stops taking bytes in as soon as there are too many', async () => {
    let produced = 0
    const endless = new Readable({
      highWaterMark: 100,
      read() {
        produced += 100
        this.push(Buffer.alloc(100))
      },
    })
    await expect(readRawBody(requestOf(endless), limits)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_BODY_TOO_LARGE',
    })
    await new Promise(setImmediate)
    expect(produced).toBeLessThanOrEqual(limits.maxBodyBytes + 300)
  })

  test('stops waiting after the time', async () => {
    const silent = requestOf(new Readable({ read: () => undefined }))
    await expect(readRawBody(silent, { ...limits, bodyTimeoutMs: 20 })).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_BODY_TIMEOUT',
    })
  })

  test('a time beyond what a timer can hold is no time at all to be short of', async () => {
    const late = new Readable({ read: () => undefined })
    const reading = readRawBody(requestOf(late), { ...limits, bodyTimeoutMs: 1e12 })
    await new Promise((resolve) => setTimeout(resolve, 5))
    late.push('late')
    late.push(null)
    expect(Buffer.from(await reading).toString()).toBe('late')
  })

  test.each([
    ['fails', (stream: Readable) => stream.destroy(new Error('reset'))],
    ['closes without an end', (stream: Readable) => stream.destroy()],
    ['was closed before', (stream: Readable) => stream.destroy(), 'before'],
  ])('a stream that %s is incomplete', async (_how, fail, when = 'while') => {
    const stream = new Readable({ read: () => undefined })
    if (when === 'before') fail(stream)
    const reading = readRawBody(requestOf(stream), limits)
    if (when === 'while') setImmediate(() => fail(stream))
    await expect(reading).rejects.toMatchObject({ code: 'ERR_WEBHOOK_BODY_INCOMPLETE' })
  })

  test('a stream that ended before it was read is no empty body', async () => {
    const ended = Readable.from([], { objectMode: false })
    for await (const _chunk of ended);
    await expect(readRawBody(requestOf(ended), limits)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_BODY_ALREADY_PARSED',
    })
  })

  test.each([
    ['at the end', 'x'],
    ['after too many bytes', 'x'.repeat(2000)],
  ])('leaves no listener behind %s', async (_when, text) => {
    const request = requestOf(Readable.from([Buffer.from(text)], { objectMode: false }))
    const names = () => request.eventNames().map((name) => [name, request.listenerCount(name)])
    const before = names()
    await readRawBody(request, limits).catch(() => undefined)
    expect(names()).toEqual(before)
  })

  test('says what the user of a framework can do', async () => {
    const ended = Readable.from([], { objectMode: false })
    for await (const _chunk of ended);
    const remedy = 'Leave parser X out.'
    await expect(readRawBody(requestOf(ended), limits, remedy)).rejects.toThrow(remedy)
  })
})
