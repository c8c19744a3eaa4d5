import { describe, expect, test } from 'vitest'
import { listNotations } from '../../src/output/secret-notations.js'
import { withholdInJson } from '../../src/output/withhold-in-json.js'
import { withholdInText } from '../../src/output/withhold-in-text.js'

const clean = (text: string, secret: string | Uint8Array) => withholdInText(text, listNotations(secret))

const secrets = [
  'canary-secret-0123456789',
  'whsec_Y2FuYXJ5IGtleSBvZiBzdGFuZGFyZCB3ZWJob29rcw==',
  'sk_live_c4n4ry+/=&? %"\\é☕',
  'deadbeefdeadbeefdeadbeefdeadbeef',
  'canary>>>???~~~0123456789',
  'sender:pass:word of basic',
  ' padded canary secret \n',
  '"quoted-canary-secret"',
  '\u200binvisible-canary-secret',
  'percent%20encoded%2Fcanary',
]

describe.each(secrets)('the secret %j', (secret) => {
  const bytes = Buffer.from(secret, 'utf8')
  const text = secret.trim()
  const core = Buffer.from(text, 'utf8')

  test.for([
    ['as it is', text],
    ['in JSON', JSON.stringify(text).slice(1, -1)],
    ['in hex', core.toString('hex')],
    ['in upper-case hex', core.toString('hex').toUpperCase()],
    ['in base64', core.toString('base64')],
    ['in base64url', core.toString('base64url')],
    ['percent-encoded', encodeURIComponent(text)],
    ['percent-encoded whole', [...core].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')],
    ['in a form', new URLSearchParams([['a', text]]).toString().slice(2)],
    ['one character a byte', core.toString('latin1')],
    ['in hex with its surroundings', bytes.toString('hex')],
  ] as const)('is withheld %s', ([, notation]) => {
    const cleaned = clean(`before ${notation} after`, secret)
    expect(cleaned).not.toContain(notation)
    expect(cleaned).toMatch(/^before .*\[withheld\].* after$/s)
  })

  test('is withheld from base64 of a longer text, wherever it begins', () => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const encoded = Buffer.from(`${before}${text} after`).toString('base64')
      const cleaned = clean(encoded, secret)
      // What is left at the ends decodes to no three characters of it.
      const rest = cleaned.split('[withheld]').map((part) => Buffer.from(part, 'base64').toString('utf8'))
      expect(cleaned).toContain('[withheld]')
      expect(rest.join('|')).not.toContain(text.slice(0, 3))
    }
  })
})

test('the key that a secret is the base64 or hex of is withheld too', () => {
  const key = Buffer.from('canary key of 24 bytes !')
  const base64 = key.toString('base64')
  for (const secret of [
    `v1,whsec_${base64}`,
    `v1,${base64}`,
    `whsec_${base64}`,
    base64,
    key.toString('hex'),
  ]) {
    for (const notation of [
      key.toString('hex'),
      key.toString('base64'),
      key.toString('base64url').replace(/=+$/, ''),
    ])
      expect(clean(`key: ${notation}`, secret)).not.toContain(notation)
  }
})

test('what may have been meant is withheld: without quotes or invisible characters, decoded, the password alone', () => {
  expect(clean('quoted-canary-secret', '"quoted-canary-secret"')).toBe('[withheld]')
  expect(clean('invisible-canary-secret', '\u200binvisible-canary-secret')).toBe('[withheld]')
  expect(clean('percent encoded/canary', 'percent%20encoded%2Fcanary')).toBe('[withheld]')
  expect(clean('pass:word of basic', 'sender:pass:word of basic')).toBe('[withheld]')
})

test('a secret of bytes is withheld', () => {
  const secret = Uint8Array.from([0xff, 0xfe, 1, 2, 3, 4, 5, 6])
  expect(clean(`a${Buffer.from(secret).toString('hex')}b`, secret)).toBe('a[withheld]b')
  expect(clean(`a${Buffer.from(secret).toString('latin1')}b`, secret)).toBe('a[withheld]b')
})

test('of one notation within another nothing is left', () => {
  expect(clean('abcabcabc-0123 and abcabc', 'abcabc')).toBe('[withheld]abc-0123 and [withheld]')
  expect(withholdInText('longer-secret', ['secret', 'longer-secret'])).toBe('[withheld]')
})

describe('what is no secret stays', () => {
  test('words of the output itself, whatever the secret is', () => {
    expect(clean('{"target": "secret"} Secret', 'secret')).toBe('{"target": "secret"} Secret')
    expect(clean('the signature', 'signature')).toBe('the signature')
  })

  test('text, where the secret is too short to be one', () => {
    expect(clean('a body of abc bytes', 'abc')).toBe('a body of abc bytes')
    expect(clean('text', '')).toBe('text')
  })

  test('the rest of a text, where the secret looks like a word with a prefix', () => {
    expect(clean('countersign', 'my_countersign')).toBe('countersign')
  })
})

test('in JSON only texts are changed, so that it stays JSON', () => {
  const value = { '123456': ['x123456', 123456, null, true, { a: '12345' }] }
  const cleaned = withholdInJson(value, (text) => clean(text, '123456'))
  expect(cleaned).toEqual({ '[withheld]': ['x[withheld]', 123456, null, true, { a: '12345' }] })
})
