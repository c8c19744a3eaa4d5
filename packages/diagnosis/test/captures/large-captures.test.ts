import { readCapture } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'
import { message } from './support/http.js'

const size = 50_000_000
const limitMs = 3_000

describe('a body of 50 MB', () => {
  const body = Buffer.alloc(size, 'abcdefgh{":,')

  test('in an HTTP message is not even copied', () => {
    const bytes = message(['POST /x HTTP/1.1', `Content-Length: ${size}`], body)
    const before = process.memoryUsage().arrayBuffers
    const capture = inTime(() => readCapture(bytes))
    expect(capture.body).toHaveLength(size)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(size)
  })

  test('in JSON is read as base64', () => {
    const bytes = Buffer.from(`{"headers": {}, "bodyBase64": "${body.toString('base64')}"}`)
    const capture = inTime(() => readCapture(bytes))
    expect(Buffer.compare(Buffer.from(capture.body), body)).toBe(0)
  })
})

describe('what is long in the wrong place ends soon', () => {
  test.for([
    ['one line', () => Buffer.alloc(size, 'a')],
    ['line feeds', () => Buffer.alloc(size, '\n')],
    ['blanks', () => Buffer.alloc(size, ' ')],
    [
      'headers without an end',
      () => Buffer.concat([Buffer.from('POST /x HTTP/1.1\r\n'), Buffer.alloc(size, 'a: b\r\n')]),
    ],
    [
      'a header of blanks',
      () => message(['POST /x HTTP/1.1', `a: ${' '.repeat(900_000)}b${' '.repeat(9_000)}c`]),
    ],
    [
      'folded lines',
      () => message(['POST /x HTTP/1.1', 'a: b', ...Array.from({ length: 100_000 }, () => ' c')]),
    ],
    ['a request line', () => message([`POST /${' /'.repeat(400_000)} HTTP/1.1`])],
    [
      'chunks of one byte',
      () => message(['POST /x HTTP/1.1', 'transfer-encoding: chunked'], '1\r\na\r\n'.repeat(1_000_000)),
    ],
    ['a chunk size', () => message(['POST /x HTTP/1.1', 'transfer-encoding: chunked'], '0'.repeat(size))],
  ] as const)('%s', ([, make]) => {
    const bytes = make()
    inTime(() => {
      try {
        readCapture(bytes)
      } catch {
        // Most of them are no captures; that they end is what is tested.
      }
    })
  })
})

function inTime<T>(call: () => T): T {
  const start = performance.now()
  const value = call()
  expect(performance.now() - start).toBeLessThan(limitMs)
  return value
}
