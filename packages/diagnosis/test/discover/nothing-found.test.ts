import { type Capture, CaptureError, discover } from '@countersign/diagnosis'
import { expect, test } from 'vitest'
import { secret, signByHand } from './support/sign-by-hand.js'

const plain = signByHand({ header: 'X-Acme-Signature', content: ({ body }) => body })
const budgetMs = 300

function withHeader(name: string, value: string, capture: Capture = plain): Capture {
  return {
    ...capture,
    headers: [...capture.headers.filter(([other]) => other !== 'X-Acme-Signature'), [name, value]],
  }
}

test('another secret: nothing, what was tried, and what it may be', async () => {
  const { candidates, refusals, hints, effort } = await discover([plain], {
    secret: 'not the secret',
    budgetMs,
  })

  expect(candidates).toEqual([])
  expect(refusals).toEqual([])
  expect(hints.join(' ')).toContain('another secret')
  expect(hints.join(' ')).toContain('countersign explain')
  expect(effort).toMatchObject({ places: 1, searchedWhole: false })
  expect(effort.digests).toBeGreaterThan(1_000)
})

test('the search ends with its budget', async () => {
  const { effort, hints } = await discover([plain], { secret: 'not the secret', budgetMs: 0 })

  expect(effort).toMatchObject({ digests: 0, searchedWhole: false })
  expect(hints).toContain('The time was up after 0 s; allow more.')
})

test('the search is interrupted by its signal', async () => {
  const interruption = new AbortController()
  const found = discover([plain], { secret: 'not the secret', signal: interruption.signal })
  interruption.abort(new Error('enough'))

  await expect(found).rejects.toThrow('enough')
})

test.each([
  ['a JWT', 'Authorization', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjF9.c2lnbmF0dXJl', 'JSON Web Token'],
  ['RFC 9421', 'Signature-Input', 'sig1=("@method" "content-digest");created=1773738000', 'RFC 9421'],
])('%s is recognised by its look', async (_, name, value, word) => {
  const { candidates, hints } = await discover([withHeader(name, value)], { secret, budgetMs })

  expect(candidates).toEqual([])
  expect(hints.join(' ')).toContain(word)
})

test('a capture without any signature is said to have none', async () => {
  const { hints, effort } = await discover([withHeader('X-Note', 'nothing')], { secret, budgetMs })

  expect(effort).toMatchObject({ places: 0, digests: 0 })
  expect(hints[0]).toMatch(/^No header holds a text as long as an HMAC/)
})

test('what is wrong with the capture is said', async () => {
  const { hints } = await discover([{ ...plain, notes: ['parsed-body', 'cut-off'] }], {
    secret: 'other',
    budgetMs,
  })

  expect(hints).toContain(
    'The capture holds the body as parsed JSON: its own bytes, which were signed, are gone.',
  )
  expect(hints).toContain('The capture ends before its body does.')
})

test('without a capture there is an error', async () => {
  await expect(discover([], { secret })).rejects.toThrow(CaptureError)
})

test.each([
  [
    'a date in words',
    signByHand({
      headers: { 'X-Acme-Timestamp': 'Tue, 17 Mar 2026 09:00:00 GMT' },
      header: 'X-Acme-Signature',
      content: ({ body }) => `${body}Tue, 17 Mar 2026 09:00:00 GMT`,
    }),
    secret,
    'a scheme cannot sign "X-Acme-Timestamp"',
  ],
  [
    'a signed id with a dot',
    signByHand({
      headers: { 'X-Acme-Message-Id': 'msg.100001', 'X-Acme-Timestamp': '1773738000' },
      header: 'X-Acme-Signature',
      content: ({ body }) => `msg.100001.1773738000.${body}`,
    }),
    secret,
    'verify() refuses it: "x-acme-message-id" holds "."',
  ],
  [
    'a header that came twice with the same value',
    {
      ...plain,
      headers: [...plain.headers, ...plain.headers.filter(([name]) => name === 'X-Acme-Signature')],
    },
    secret,
    '"x-acme-signature" was sent more than once',
  ],
  [
    'a secret without its prefix',
    signByHand({ header: 'X-Acme-Signature', content: ({ body }) => body, key: 'k3y-0f-the-sender-01' }),
    'whsec_k3y-0f-the-sender-01',
    'give the secret without its prefix',
  ],
  [
    'a secret with a version before it',
    signByHand({ header: 'X-Acme-Signature', content: ({ body }) => body, key: 'k3y-0f-the-sender-01' }),
    'v1,k3y-0f-the-sender-01',
    'give the secret without its prefix',
  ],
  [
    'a secret with a line end',
    signByHand({ header: 'X-Acme-Signature', content: ({ body }) => body, key: `${secret}\n` }),
    `${secret}\n`,
    'The secret has white space around it',
  ],
])('%s matches, but no scheme can say it, and nothing is printed', async (_, capture, given, sentence) => {
  const { candidates, refusals, hints } = await discover([capture], { secret: given })

  expect(candidates).toEqual([])
  expect(refusals.join(' ')).toContain(sentence)
  expect(hints).toEqual([])
})

test('no sentence holds the secret, the signature or the body', async () => {
  const sentences = await Promise.all(
    [plain, withHeader('X-Acme-Signature', '0'.repeat(64))].map(async (capture) => {
      const { refusals, hints } = await discover([capture], { secret: ` ${secret}`, budgetMs })
      return [...refusals, ...hints].join(' ')
    }),
  )

  for (const text of sentences) {
    expect(text).not.toContain(secret)
    expect(text).not.toMatch(/[0-9a-f]{32}/)
    expect(text).not.toContain('order')
  }
})
