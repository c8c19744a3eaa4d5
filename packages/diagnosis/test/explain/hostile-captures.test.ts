import { gzipSync } from 'node:zlib'
import { type Capture, explain } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'
import { schemes } from './support/composed.js'
import { hmac, plain } from './support/signed.js'

/** Pieces of what a search takes apart. */
const pieces = [
  '',
  'a',
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  '\\u00',
  '\ud800',
  '\0',
  '\n',
  '%',
  '%41',
  '+',
  '=',
  '&',
  ',',
  ';',
  ' ',
  'é',
  'sha256=',
  'v1,',
  't=1767225600',
  '{"a":1}',
  'null',
  '1e999',
  'whsec_',
  'Basic ',
  '{{x}}',
  '\ufeff',
  '\u200b',
  'deadbeef'.repeat(8),
  `${'A'.repeat(43)}=`,
  '\x1f\x8b',
  'data: ',
  '--b\r\n',
  '5\r\nhello\r\n0\r\n\r\n',
  'POST / HTTP/1.1\r\n\r\n',
  "b'x'",
  '&lt;',
]
const names = [
  'X-Hub-Signature-256',
  'Stripe-Signature',
  'webhook-signature',
  'webhook-id',
  'webhook-timestamp',
  'X-Slack-Signature',
  'Content-Type',
  'Content-Length',
  'Content-Encoding',
  'Authorization',
  'X-Shopify-Hmac-SHA256',
]

/** The same numbers in each run, so that what fails fails again. */
function randomBy(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((state / 0x7fffffff) * below) % below
  }
}

describe('random captures', () => {
  const random = randomBy(20_251_121)
  const text = (most: number) =>
    Array.from({ length: random(most) }, () => pieces[random(pieces.length)]).join('')
  const headerText = () =>
    Buffer.from(text(4))
      .toString('latin1')
      .replace(/[\r\n\0]/g, '')

  test('are never explained, and never throw', async () => {
    for (let run = 0; run < 150; run++) {
      const capture: Capture = {
        method: random(4) === 0 ? 'GET' : 'POST',
        url: ['https://example.com/h?x=%zz', 'http://localhost:3000/', 'nonsense', '/x'][random(4)] ?? '',
        headers: Array.from({ length: random(8) }, () => [names[random(names.length)] ?? '', headerText()]),
        body: Buffer.from(text(12)),
        notes: [],
      }
      const scheme = schemes[random(schemes.length)] ?? plain().options.scheme
      const { verdict, findings } = await explain(capture, {
        scheme,
        secrets: [{ id: 'SECRET', value: text(5) }],
        budgetMs: 60,
      })
      expect([verdict, findings.some(({ level }) => level === 'proof'), findings.length > 0]).toEqual([
        'unexplained',
        false,
        true,
      ])
    }
  })
})

describe('bodies that were made to take long', () => {
  const length = 400_000
  const bodies: Readonly<Record<string, string | Uint8Array>> = {
    escapes: `{"a":"${'\\n'.repeat(length / 2)}"}`,
    fields: 'a=b&'.repeat(length / 4),
    depth: '['.repeat(length),
    quotes: '"'.repeat(length),
    numbers: `[${'1,'.repeat(length / 2)}1]`,
    'a bomb': gzipSync(Buffer.alloc(100_000_000)),
    backslashes: '\\'.repeat(length),
    chunks: '1\r\na\r\n'.repeat(length / 6),
    parts: `--b${'\r\n\r\nx\r\n--b'.repeat(length / 10)}--`,
    heads: 'A: b\r\n'.repeat(length / 6),
  }

  test.each(Object.entries(bodies))('%s', async (_, received) => {
    const { capture, options } = plain({ received, write: () => `sha256=${hmac('x', 'y').toString('hex')}` })
    const started = performance.now()

    await explain(capture, { ...options, budgetMs: 150 })

    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
