import { readCapture } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'
import { message } from './support/http.js'

const requestLine = 'POST /hooks?a=1 HTTP/1.1'
const text = (body: Uint8Array) => Buffer.from(body).toString('utf8')

describe('a raw HTTP message', () => {
  test('is read as it stands, names, values and bytes', () => {
    const body = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const lines = [
      requestLine,
      'Host: shop.example.com',
      'X-Twice: a',
      'x-twice:  b \t',
      'X-Latin: caf\xe9',
      'X-Empty:',
    ]
    expect(readCapture(message(lines, body))).toEqual({
      method: 'POST',
      url: 'https://shop.example.com/hooks?a=1',
      headers: [
        ['Host', 'shop.example.com'],
        ['X-Twice', 'a'],
        ['x-twice', 'b'],
        ['X-Latin', 'caf\xe9'],
        ['X-Empty', ''],
      ],
      body: Buffer.from(body),
      notes: [],
    })
  })

  test('may begin with a byte order mark and empty lines', () => {
    const bytes = message(['', '', 'post /x HTTP/2', 'host: a.example'], '{}')
    const capture = readCapture(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]))
    expect(capture).toMatchObject({ method: 'post', url: 'https://a.example/x', notes: [] })
  })

  test('may leave out the version, as notes for HTTP clients do', () => {
    const capture = readCapture(message(['POST https://a.example/x', 'content-type: text/plain'], 'hello'))
    expect(capture).toMatchObject({ method: 'POST', url: 'https://a.example/x' })
  })

  test('in absolute form says its URL itself', () => {
    const capture = readCapture(message(['POST http://a.example/x?y HTTP/1.1', 'Host: b.example']))
    expect(capture.url).toBe('http://a.example/x?y')
  })

  test('without a host is taken for one of localhost, and --url says otherwise', () => {
    const bytes = message(['POST /x HTTP/1.0'])
    expect(readCapture(bytes).url).toBe('https://localhost/x')
    expect(readCapture(bytes, { url: 'http://c.example/z' }).url).toBe('http://c.example/z')
    expect(readCapture(message(['OPTIONS * HTTP/1.1', 'Host: d.example'])).url).toBe('https://d.example/')
  })

  test('with lines that end with LF alone says so, and its body keeps every byte', () => {
    const capture = readCapture(message([requestLine, 'Host: a.example'], '{"a":1}\r\n\r\n ', '\n'))
    expect(capture.notes).toEqual(['bare-line-feeds'])
    expect(text(capture.body)).toBe('{"a":1}\r\n\r\n ')
  })

  test('may fold a header over several lines', () => {
    const capture = readCapture(message([requestLine, 'X-Folded: one,', '  two', '\tthree', 'X-Other: four']))
    expect(capture.headers).toEqual([
      ['X-Folded', 'one, two three'],
      ['X-Other', 'four'],
    ])
  })
})

describe('Content-Length', () => {
  const read = (length: number | string, body: string) =>
    readCapture(message([requestLine, `Content-Length: ${length}`], body))

  test.for(['\n', '\r\n'])('leaves out the one line end that an editor added (%j)', (added) => {
    const capture = read(2, `{}${added}`)
    expect([text(capture.body), capture.notes]).toEqual(['{}', ['line-end-added']])
  })

  test.for(['POST /next HTTP/1.1\r\nHost: a\r\n\r\n{}', '\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'])(
    'leaves out another message of the same connection (%j)',
    (next) => {
      const capture = read(2, `{}${next}`)
      expect([text(capture.body), capture.notes]).toEqual(['{}', ['more-messages']])
    },
  )

  test.for(['{} ', '{}\n\n', '{}}', '{}{"post": "/x HTTP/1.1"}'])(
    'leaves alone a body that is longer for another reason (%j)',
    (body) => {
      const capture = read(2, body)
      expect([text(capture.body), capture.notes]).toEqual([body, []])
    },
  )

  test('beyond the end says that the capture is cut off', () => {
    const capture = read(300, '{"a":')
    expect([text(capture.body), capture.notes]).toEqual(['{"a":', ['cut-off']])
  })

  test('that is no number, or stands there twice, tells nothing', () => {
    expect(read('2,2', '{}\n').body).toHaveLength(3)
    const twice = message([requestLine, 'Content-Length: 2', 'content-length: 2'], '{}\n')
    expect(readCapture(twice).body).toHaveLength(3)
  })
})

describe('a chunked body', () => {
  const read = (body: string, coding = 'chunked') =>
    readCapture(message([requestLine, `Transfer-Encoding: ${coding}`], body))

  test('is put together, without extensions and trailers', () => {
    const capture = read('5\r\nhello\r\n009;ext="x"\r\n, world !\r\n0\r\nX-Trailer: 1\r\n\r\n')
    expect([text(capture.body), capture.notes]).toEqual(['hello, world !', ['chunked']])
  })

  test('may have lost its carriage returns', () => {
    expect(text(read('5\nhello\n0\n\n').body)).toBe('hello')
  })

  test('that ends early keeps what came', () => {
    const capture = read('5\r\nhello\r\n64\r\nwor')
    expect([text(capture.body), capture.notes]).toEqual(['hellowor', ['chunked', 'cut-off']])
  })

  test.for(['{"a":1}', 'face to face', '5\r\nhello world', '', 'zz\r\n'])(
    'that is none is left alone: a tool had put it together (%j)',
    (body) => {
      const capture = read(body)
      expect([text(capture.body), capture.notes]).toEqual([body, []])
    },
  )

  test('is one only where chunked is the last coding', () => {
    expect(read('5\r\nhello\r\n0\r\n\r\n', 'gzip, chunked').notes).toEqual(['chunked'])
    expect(read('5\r\nhello\r\n0\r\n\r\n', 'gzip').notes).toEqual([])
  })
})
