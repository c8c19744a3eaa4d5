import { CaptureError, readCapture, readCaptures } from '@countersign/diagnosis'
import { expect, test } from 'vitest'
import { json, message } from './support/http.js'

const canary = 'canary-value-of-the-capture'
const entries = (...list: unknown[]) => json({ log: { entries: list } })

const bad: readonly (readonly [what: string, bytes: Uint8Array, message: string | RegExp])[] = [
  ['an empty file', Buffer.alloc(0), 'the capture is empty'],
  ['white space', Buffer.from('\n \r\n\t'), 'the capture is empty but for white space'],
  ['prose', Buffer.from(`Dear all, ${canary}\n`), /is no HTTP message .* no HAR and no JSON/],
  ['a response', message(['HTTP/1.1 200 OK', `x: ${canary}`]), /is an HTTP response; the request is needed/],
  ['binary', Buffer.from([0, 1, 2, 0x80, 0xff, 0xfe, 10, 0]), /is no HTTP message/],
  ['UTF-16', Buffer.from(`\ufeffPOST / HTTP/1.1`, 'utf16le'), 'the capture is UTF-16 text; save it as UTF-8'],
  ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), /compressed with gzip/],
  ['a packet capture', Buffer.from([0xd4, 0xc3, 0xb2, 0xa1, 2, 0]), /is a packet capture/],
  ['a request line alone', Buffer.from('POST /x HTTP/1.1'), /does not end with an empty line/],
  ['headers cut off', Buffer.from(`POST /x HTTP/1.1\r\nA: ${canary}\r\n`), /the capture is cut off/],
  [
    'no empty line before the body',
    message(['POST /x HTTP/1.1', 'a: b', `{"${canary}": 1}`]),
    /^line 3 is no header/,
  ],
  ['a first header that is folded', message(['POST /x HTTP/1.1', ` ${canary}`]), /^line 2 is no header/],
  ['a header without a name', message(['POST /x HTTP/1.1', `: ${canary}`]), /^line 2 is no header/],
  [
    'a header with a blank in its name',
    message(['POST /x HTTP/1.1', `a : ${canary}`]),
    /^line 2 is no header/,
  ],
  ['JSON cut off in a text', Buffer.from(`{"headers": {"a": "${canary}`), /ends in the middle/],
  ['JSON cut off after a value', Buffer.from('{"headers": {}'), /ends in the middle/],
  ['JSON cut off before a name', Buffer.from('{\n'), /ends in the middle/],
  ['JSON cut off at once', Buffer.from('['), /ends in the middle/],
  ['what only begins as JSON', Buffer.from(`{${canary}}`), /is not JSON/],
  ['JSON of a body alone', json({ id: canary }), /has no "headers"; if it is the body alone/],
  ['a list of texts', json([canary]), /must be an object/],
  ['an empty list', json([]), /holds no capture/],
  ['headers that are a text', json({ headers: canary }), /"headers" of the capture must be/],
  ['a header that is an object', json({ headers: { a: { b: canary } } }), /"headers" of the capture must be/],
  [
    'a header without a name in a list',
    json({ headers: [{ value: canary }] }),
    /"headers" of the capture must be/,
  ],
  ['a method that is no text', json({ headers: {}, method: 5 }), '"method" of the capture must be text'],
  [
    'base64 that is none',
    json({ headers: {}, bodyBase64: `${canary}!` }),
    '"bodyBase64" of the capture is not base64',
  ],
  [
    'a body that was withheld',
    json({ headers: {}, bodyBase64: 'YWJ[withheld]j' }),
    /withheld when the capture was saved/,
  ],
  [
    'a Buffer of what are no bytes',
    json({ headers: {}, body: { type: 'Buffer', data: [256] } }),
    /are no bytes/,
  ],
  [
    'a body that is nested too deeply',
    Buffer.from(`{"headers": {}, "body": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`),
    /nested too deeply/,
  ],
  ['a HAR log without entries', entries(), /HAR log has no entries/],
  ['a HAR log that is none', json({ log: { entries: canary } }), /HAR log has no entries/],
  ['a HAR entry that is none', entries(canary), /must be an object/],
  [
    'a form with files and without bytes',
    entries({
      request: { postData: { mimeType: 'multipart/form-data; boundary=x', params: [{ name: canary }] } },
    }),
    /fields of a form instead of its bytes/,
  ],
]

test.for(bad)('%s is refused in one line that quotes nothing', ([, bytes, expected]) => {
  const error = thrownBy(() => readCapture(bytes))
  expect(error).toBeInstanceOf(CaptureError)
  expect(error.message).toMatch(expected)
  expect(error.message).not.toMatch(/\n/)
  expect(error.message).not.toContain(canary)
  expect(() => readCaptures(bytes)).toThrow(CaptureError)
})

test('a number that no entry has is refused', () => {
  const one = { headers: {}, body: 'a' }
  expect(() => readCapture(json(one), { entry: 2 })).toThrow('there is no entry 2; the file holds one')
  expect(() => readCapture(json([one, one]), { entry: 3 })).toThrow('the file holds entries 1 to 2')
  expect(() => readCaptures(json([one]), { entry: 9 })).toThrow(CaptureError)
})

function thrownBy(call: () => unknown): Error {
  try {
    call()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}
