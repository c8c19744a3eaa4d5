import { CaptureError, readCaptures, writeCapture } from '@countersign/diagnosis'
import { expect, test } from 'vitest'
import { json, message } from './support/http.js'
import { Random } from './support/random.js'

const http = [
  message(
    ['POST /x?a=1 HTTP/1.1', 'Host: a.example', 'Content-Length: 7', 'X-A: b,', '  c', 'x-a: d'],
    '{"a":1}',
  ),
  message(
    ['PUT http://b.example/x HTTP/1.1', 'Transfer-Encoding: gzip, chunked'],
    '3\r\nabc\r\n1;x=y\r\nd\r\n0\r\n\r\n',
  ),
]

const values = [
  { method: 'POST', url: '/x', headers: { Host: 'a', b: ['c', 'd'] }, body: '{"a":1}', notes: ['chunked'] },
  { headers: [['a', 'b']], bodyBase64: 'YWJj' },
  { headers: [{ name: 'a', value: 'b' }], body: { type: 'Buffer', data: [1, 2] } },
  [{ headers: ['a', 'b'], rawBody: { 0: 1, 1: 2 } }, { request: { headers: {} } }],
  {
    log: {
      entries: [
        {
          request: {
            method: 'POST',
            url: 'https://a.example/x',
            headers: [{ name: ':authority', value: 'a' }],
            postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a', value: 'b' }] },
          },
        },
        { request: { headers: [], postData: { text: 'YQ==', encoding: 'base64' } } },
      ],
    },
  },
  {
    httpMethod: 'POST',
    path: '/x',
    multiValueHeaders: { a: ['b'] },
    multiValueQueryStringParameters: { a: ['b', 'c'] },
    requestContext: { path: '/prod/x' },
    body: 'YQ==',
    isBase64Encoded: true,
  },
  {
    rawPath: '/x',
    rawQueryString: 'a',
    headers: {},
    requestContext: { http: { method: 'POST' }, elb: {} },
    body: 'a',
  },
]

const odd = [
  null,
  true,
  0,
  -1,
  1e300,
  '',
  'text',
  [],
  {},
  [[]],
  [null],
  { a: null },
  { 0: 'x' },
  '__proto__',
] as const

/** A copy with one of its members, at any depth, replaced by something else. */
function replaceSomething(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.below(4) === 0) return random.pick(odd)
  const names = Object.keys(value)
  const chosen = names[random.below(names.length)]
  if (chosen === undefined) return random.pick(odd)
  const copy = Array.isArray(value) ? [...value] : { ...value }
  Reflect.set(copy, chosen, replaceSomething(Reflect.get(value, chosen), random))
  return copy
}

/** Some bytes changed, left out or doubled. */
function damage(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length)
  const to = Math.min(bytes.length, at + random.below(12))
  switch (random.below(3)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), random.bytes(4), bytes.subarray(to)])
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)])
    default:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)])
  }
}

/** @returns whether it could be read; anything but a refusal in one line fails the test */
function isRead(bytes: Buffer): boolean {
  try {
    const captures = readCaptures(bytes)
    for (const capture of captures) {
      expect(capture.body).toBeInstanceOf(Uint8Array)
      expect(capture.headers.flat().every((text) => /^[\0-\xff]*$/.test(text))).toBe(true)
      expect(typeof capture.method + typeof capture.url).toBe('stringstring')
      expect(readCaptures(Buffer.from(writeCapture(capture, { keepHeaders: [] })))).toHaveLength(1)
    }
    return true
  } catch (error) {
    if (!(error instanceof CaptureError) || /\n/.test(error.message)) throw error
    return false
  }
}

test('damaged bytes are read or refused, and nothing else happens', () => {
  const random = new Random(7)
  const originals = [...http, ...values.map(json)]
  for (const original of originals) expect(isRead(original)).toBe(true)
  const ends = originals.flatMap((original) =>
    Array.from({ length: 300 }, () => isRead(damage(original, random))),
  )
  expect(new Set(ends)).toEqual(new Set([true, false]))
})

test('JSON of another shape is read or refused, and nothing else happens', () => {
  const random = new Random(8)
  const ends = values.flatMap((value) =>
    Array.from({ length: 500 }, () => isRead(json(replaceSomething(value, random)))),
  )
  expect(new Set(ends)).toEqual(new Set([true, false]))
})

test('random bytes are read or refused, and nothing else happens', () => {
  const random = new Random(9)
  for (let count = 0; count < 500; count += 1) {
    isRead(Buffer.from(random.bytes(60)))
    isRead(Buffer.concat([Buffer.from('POST / HTTP/1.1\r\n'), random.bytes(60), Buffer.from('\r\n\r\n')]))
    isRead(Buffer.concat([Buffer.from('{'), random.bytes(60)]))
  }
})
