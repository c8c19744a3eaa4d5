import type { SchemeDescriptor } from '@countersign/core'
import { shopify, slack, stripe, visibuild } from '@countersign/core/schemes'
import { describe, expect, test } from 'vitest'
import { Deliveries } from '../src/deliveries/deliveries.js'
import { editProof } from '../src/deliveries/edit-proof.js'
import { Examination } from '../src/examination.js'
import { tellsNothing } from '../src/properties/tells-nothing.js'

const secret = 'secret/with+signs-0123456789'

/** What is said of an answer to a forgery. */
async function judge(
  body: (expected: string) => string,
  scheme: SchemeDescriptor = visibuild(),
  headers: [string, string][] = [],
) {
  const examination = new Examination({ url: 'http://127.0.0.1/', scheme, secret })
  const valid = new Deliveries({ scheme, secret, now: Date.now, path: '/' }).make()
  let expected = ''
  const request = editProof(scheme, valid, (proof) => {
    expected = proof
    return 'forged'
  })
  const reply = {
    end: 'answered',
    status: 401,
    headers: new Map(headers),
    body: body(expected),
    ms: 1,
  } as const
  examination.tried.push({ what: 'a forgery', request, isValid: false, reply })
  return (await tellsNothing.judge(examination)).fault
}

describe('an answer tells too much that holds', () => {
  test.each<[string, (expected: string) => string]>([
    ['the expected signature', (expected) => `expected ${expected}`],
    ['its beginning', (expected) => `expected ${expected.slice(0, 20)}...`],
    ['it in capitals', (expected) => expected.toUpperCase()],
    ['it in base64', (expected) => Buffer.from(expected, 'hex').toString('base64')],
    ['it in base64url', (expected) => Buffer.from(expected, 'hex').toString('base64url')],
    ['its bytes', (expected) => JSON.stringify(Buffer.from(expected, 'hex'), null, 1)],
  ])('%s', async (_what, body) => {
    expect(await judge(body)).toBe('leaks-signature')
  })

  test.each([shopify(), slack(), stripe()])('the expected signature of $name', async (scheme) => {
    expect(await judge((expected) => JSON.stringify({ expected }).replaceAll('/', '\\/'), scheme)).toBe(
      'leaks-signature',
    )
  })

  test.each([
    ['the secret', secret],
    ['it in JSON', JSON.stringify({ secret }).replaceAll('/', '\\u002f')],
    ['it in HTML', secret.replaceAll('/', '&#x2F;').replaceAll('+', '&#43;')],
    ['it in a URL', encodeURIComponent(secret)],
    ['it in base64', Buffer.from(secret).toString('base64')],
    ['it in hex', Buffer.from(secret).toString('hex').toUpperCase()],
  ])('%s', async (_what, body) => {
    expect(await judge(() => body)).toBe('leaks-secret')
    expect(await judge(() => '', visibuild(), [['x-debug', body]])).toBe('leaks-secret')
  })

  test.each([
    ['JavaScript', new Error('no').stack ?? ''],
    ['JavaScript in HTML', 'Error: no<br> &nbsp; &nbsp;at verify (/srv/app/server.js:12:9)<br>'],
    ['JavaScript in JSON', JSON.stringify({ stack: 'Error: no\n    at async file:///srv/app.mjs:3:11' })],
    ['Python', 'Traceback (most recent call last):\n  File "/srv/app.py", line 3, in verify\nValueError'],
    ['Java', 'java.lang.IllegalStateException\n\tat com.example.Hooks.verify(Hooks.java:42)'],
    ['PHP', '#0 /var/www/index.php(12): verify()\n#1 {main}'],
    ['Ruby', "/srv/app.rb:12:in `verify': no (RuntimeError)"],
    ['C#', '   at Hooks.Verify(String body) in C:\\src\\Hooks.cs:line 12'],
    ['Go', 'panic: no\n\ngoroutine 1 [running]:\nmain.main()'],
  ])('a stack trace of %s', async (_language, body) => {
    expect(await judge(() => body)).toBe('leaks-stack-trace')
  })
})

test.each([
  '',
  '{"error":"unauthorized"}',
  'No signatures found matching the expected signature for payload. See https://docs.example.com/webhooks:1',
  'Look at the documentation (section 3:12) at 10:20:30',
  `received ${'forged'}, not signed by ${'a'.repeat(64)}`,
])('"%s" tells nothing', async (body) => {
  expect(await judge(() => body)).toBeUndefined()
})

test('what the request itself said is no leak', async () => {
  const scheme = visibuild()
  const examination = new Examination({ url: 'http://127.0.0.1/', scheme, secret })
  const request = examination.deliveries.make()
  const echo = JSON.stringify(request.headers)
  const reply = { end: 'answered', status: 405, headers: new Map(), body: echo, ms: 1 } as const
  examination.tried.push({ what: 'another method', request, isValid: false, reply })
  expect((await tellsNothing.judge(examination)).verdict).toBe('pass')
})
