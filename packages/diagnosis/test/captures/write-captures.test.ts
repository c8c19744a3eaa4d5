import { type Capture, readCapture, writeCapture, writeHttpMessage } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'
import { Random } from './support/random.js'

const names = ['Host', 'X-Signature', 'x-signature', 'Content-Type', '__proto__', 'X-A'] as const
const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join('')
const latin = Array.from({ length: 96 }, (_, index) => String.fromCharCode(160 + index)).join('')

/** Any capture that HTTP could have carried. */
function anyCapture(random: Random): Capture {
  const headers = Array.from({ length: random.below(6) }, (): readonly [string, string] => {
    const name = random.pick(names)
    const blank = random.text(' \t', 1, 2)
    const value = `${random.text(visible, 1, 20)}${blank}${random.text(visible + latin, 1, 20)}`
    return [name, name === 'Host' ? random.text('abc.example-', 1, 20) : value]
  })
  const host = headers.find(([name]) => name === 'Host')?.[1]
  const path = `/${random.text('abc/?=&%20', 0, 20)}`
  return {
    method: random.pick(['POST', 'PUT', 'GET', 'purge']),
    url: `${random.pick(['http', 'https'])}://${host ?? 'a.example'}${path}`,
    headers,
    body: random.bytes(200),
    notes: [],
  }
}

const seeds = Array.from({ length: 300 }, (_, seed) => seed)
const plain = (capture: Capture) => ({ ...capture, body: Buffer.from(capture.body).toString('hex') })

describe('for any capture', () => {
  test('what is written as JSON is read as it was', () => {
    for (const seed of seeds) {
      const capture = anyCapture(new Random(seed))
      const written = writeCapture(capture, { keepHeaders: names })
      expect(plain(readCapture(Buffer.from(written)))).toEqual(plain(capture))
    }
  })

  test('what is written as an HTTP message is read as it was', () => {
    for (const seed of seeds) {
      const capture = anyCapture(new Random(seed))
      const read = readCapture(writeHttpMessage(capture))
      const added = new Set([
        'Content-Length',
        ...(capture.headers.some(([name]) => name === 'Host') ? [] : ['Host']),
      ])
      const headers = read.headers.filter(([name]) => !added.has(name))
      expect(plain({ ...read, headers })).toEqual(plain(capture))
    }
  })

  test('no cut of an HTTP message is read as the whole', () => {
    const random = new Random(1)
    for (const seed of seeds) {
      const capture = anyCapture(new Random(seed))
      const written = writeHttpMessage(capture)
      const cut = written.subarray(0, random.below(written.length))
      expect(noteOn(cut)).toMatch(/cut-off|Error/)
    }
  })
})

function noteOn(bytes: Uint8Array): string {
  try {
    return readCapture(bytes).notes.join()
  } catch (error) {
    return String(error)
  }
}

describe('a saved capture', () => {
  const capture: Capture = {
    method: 'POST',
    url: 'https://a.example/x',
    headers: [
      ['X-Signature', 'sha256=00'],
      ['Authorization', 'Bearer secret-token'],
      ['X-SIGNATURE', 'again'],
    ],
    body: Buffer.from('{"é":1}'),
    notes: ['chunked'],
  }

  test('keeps the listed headers only, in any case, and names the others', () => {
    const written = writeCapture(capture, { keepHeaders: ['x-signature'] })
    expect(written).not.toContain('secret-token')
    expect(JSON.parse(written)).toEqual({
      method: 'POST',
      url: 'https://a.example/x',
      headers: [
        ['X-Signature', 'sha256=00'],
        ['X-SIGNATURE', 'again'],
      ],
      bodyBase64: Buffer.from('{"é":1}').toString('base64'),
      withheld: ['Authorization'],
      notes: ['chunked', 'withheld-secret'],
    })
  })

  test('says when it is read what it said when it was written', () => {
    const written = writeCapture(capture, { keepHeaders: [] })
    expect(readCapture(Buffer.from(written)).notes).toEqual(['chunked', 'withheld-secret'])
    const unknown = { headers: {}, notes: ['chunked', 'new', 5] }
    expect(readCapture(Buffer.from(JSON.stringify(unknown))).notes).toEqual(['chunked'])
  })
})
