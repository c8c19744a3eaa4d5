import { readCapture, readCaptures } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'
import { json } from './support/http.js'

const text = (body: Uint8Array) => Buffer.from(body).toString('utf8')

describe('headers in JSON', () => {
  test.for([
    ['a record', { Host: 'a.example', 'X-A': ['1', '2'], 'x-n': 3, 'x-none': null }],
    [
      'pairs',
      [
        ['Host', 'a.example'],
        ['X-A', '1'],
        ['X-A', '2'],
        ['x-n', '3'],
      ],
    ],
    [
      'names and values',
      [
        { name: 'Host', value: 'a.example' },
        { name: 'X-A', value: '1' },
        { name: 'X-A', value: '2' },
        { name: 'x-n', value: '3' },
      ],
    ],
    ['names and values in turn', ['Host', 'a.example', 'X-A', '1', 'X-A', '2', 'x-n', '3']],
  ] as const)('may be %s', ([, headers]) => {
    const capture = readCapture(json({ url: '/x', headers, body: '' }))
    expect(capture.url).toBe('https://a.example/x')
    expect(capture.headers).toEqual([
      ['Host', 'a.example'],
      ['X-A', '1'],
      ['X-A', '2'],
      ['x-n', '3'],
    ])
  })

  test('hold one character a byte', () => {
    const { headers } = readCapture(json({ headers: { a: 'caf\xe9', b: 'caf\u00e9 \u2615' } }))
    expect(headers).toEqual([
      ['a', 'caf\xe9'],
      ['b', Buffer.from('café ☕', 'utf8').toString('latin1')],
    ])
  })
})

describe('a body in JSON', () => {
  test.for([
    ['bodyBase64', { bodyBase64: '/wBieXRlcw==' }, '\xff\0bytes', []],
    ['bodyBase64 in lines and base64url', { bodyBase64: '_wBi\neXRlcw' }, '\xff\0bytes', []],
    ['bodyBase64 before body', { bodyBase64: 'YQ==', body: 'b' }, 'a', []],
    ['text', { body: '{"a": "é"}' }, Buffer.from('{"a": "é"}').toString('latin1'), ['text-body']],
    ['rawBody before body', { rawBody: '{"a": 1}', body: { a: 1 } }, '{"a": 1}', ['text-body']],
    ['an object', { body: { a: [1, null] } }, '{"a":[1,null]}', ['parsed-body']],
    ['a list', { body: [1, 2] }, '[1,2]', ['parsed-body']],
    ['a Buffer', { body: { type: 'Buffer', data: [0, 97, 255] } }, '\0a\xff', []],
    ['a Uint8Array', { body: { 0: 123, 1: 125 } }, '{}', []],
    ['null', { body: null }, '', []],
    ['nothing', {}, '', []],
  ] as const)('may be %s', ([, body, bytes, notes]) => {
    const capture = readCapture(json({ headers: {}, ...body }))
    expect([Buffer.from(capture.body).toString('latin1'), capture.notes]).toEqual([bytes, notes])
  })
})

test('what JSON leaves out is POST, localhost and /', () => {
  expect(readCapture(json({ headers: {} }))).toMatchObject({ method: 'POST', url: 'https://localhost/' })
})

test('a request may stand in a record about it, as in an entry of a HAR log or a test vector', () => {
  const request = { method: 'PUT', url: 'https://a.example/x', headers: [], bodyBase64: 'YQ==' }
  expect(text(readCapture(json({ tcId: 1, request })).body)).toBe('a')
})

describe('a HAR log', () => {
  const entry = (postData: unknown, url = 'https://shop.example.com/hooks') => ({
    startedDateTime: '2026-01-01T00:00:00Z',
    request: {
      method: postData ? 'POST' : 'GET',
      url,
      httpVersion: 'HTTP/2',
      headers: [
        { name: ':authority', value: 'shop.example.com' },
        { name: 'content-type', value: 'application/json' },
      ],
      ...(postData ? { postData } : {}),
      bodySize: -1,
    },
  })
  const har = (...entries: unknown[]) => json({ log: { version: '1.2', entries } })

  test('gives its one entry', () => {
    const capture = readCapture(har(entry({ mimeType: 'application/json', text: '{"é":1}' })))
    expect(capture).toEqual({
      method: 'POST',
      url: 'https://shop.example.com/hooks',
      headers: [['content-type', 'application/json']],
      body: Buffer.from('{"é":1}'),
      notes: ['text-body'],
    })
  })

  test('gives the bytes of a body in base64', () => {
    const capture = readCapture(har(entry({ mimeType: 'x/y', text: '/wA=', encoding: 'base64' })))
    expect([[...capture.body], capture.notes]).toEqual([[255, 0], []])
  })

  test('puts a form together of which only the fields are there', () => {
    const params = [
      { name: 'a b', value: '1&2' },
      { name: 'c', value: 'é' },
    ]
    const capture = readCapture(har(entry({ mimeType: 'application/x-www-form-urlencoded', params })))
    expect([text(capture.body), capture.notes]).toEqual(['a+b=1%262&c=%C3%A9', ['parsed-body']])
  })

  test('gives the entry that has a body, or the one asked for', () => {
    const bytes = har(entry(undefined, 'https://a.example/1'), entry({ text: 'b' }), entry(undefined))
    expect(text(readCapture(bytes).body)).toBe('b')
    expect(readCapture(bytes, { entry: 1 })).toMatchObject({ method: 'GET', url: 'https://a.example/1' })
    expect(readCaptures(bytes)).toHaveLength(3)
    expect(readCaptures(bytes, { entry: 2 }).map(({ body }) => text(body))).toEqual(['b'])
  })

  test('with several bodies asks for a number, and names those to choose from', () => {
    const bytes = har(entry(undefined), entry({ text: 'b' }), entry({ text: 'c' }))
    expect(() => readCapture(bytes)).toThrow('the file holds 3 requests; choose one by its number (2, 3)')
  })

  test('may be one entry, or one request, alone', () => {
    const one = entry({ text: 'b' })
    for (const value of [one, one.request, [one]]) expect(text(readCapture(json(value)).body)).toBe('b')
  })
})

describe('an event of AWS Lambda', () => {
  const headers = { Host: 'shop.example.com', 'X-A': '1' }

  test('of a REST API keeps the stage and headers that came twice', () => {
    const event = {
      httpMethod: 'POST',
      path: '/hooks',
      headers,
      multiValueHeaders: { Host: ['shop.example.com'], 'X-A': ['0', '1'] },
      multiValueQueryStringParameters: { a: ['1', 'ü/2'], b: [''] },
      requestContext: { path: '/prod/hooks' },
      body: '{}',
      isBase64Encoded: false,
    }
    const capture = readCapture(json(event))
    expect(capture).toMatchObject({
      method: 'POST',
      url: 'https://shop.example.com/prod/hooks?a=1&a=%C3%BC%2F2&b=',
      notes: ['text-body'],
    })
    expect(capture.headers).toEqual([
      ['Host', 'shop.example.com'],
      ['X-A', '0'],
      ['X-A', '1'],
    ])
  })

  test('of an HTTP API or a function URL gives path and query as they came', () => {
    const event = {
      version: '2.0',
      rawPath: '/hooks',
      rawQueryString: 'a=%2F',
      headers: { host: 'shop.example.com' },
      requestContext: { http: { method: 'PUT', path: '/hooks' } },
      body: Buffer.from([0, 255]).toString('base64'),
      isBase64Encoded: true,
    }
    const capture = readCapture(json(event))
    expect(capture).toMatchObject({ method: 'PUT', url: 'https://shop.example.com/hooks?a=%2F', notes: [] })
    expect([...capture.body]).toEqual([0, 255])
    expect(readCapture(json({ ...event, rawQueryString: '' })).url).toBe('https://shop.example.com/hooks')
  })

  test('of a load balancer leaves its parameters encoded', () => {
    const event = {
      httpMethod: 'POST',
      path: '/hooks',
      headers,
      queryStringParameters: { a: '%2F' },
      requestContext: { elb: { targetGroupArn: 'arn' } },
      body: null,
      isBase64Encoded: false,
    }
    const capture = readCapture(json(event))
    expect(capture).toMatchObject({ url: 'https://shop.example.com/hooks?a=%2F', notes: [] })
    expect(capture.body).toHaveLength(0)
  })
})
