import { createHash, createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { explain } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'
import { body, type Case, hmac, listed, paired, plain, secret, time, versioned } from './support/signed.js'

const hex = (mac: Buffer) => mac.toString('hex')
const raw = (letter: string) => `${letter}-key-0123456789-0123456`
const key = (letter: string) => `whsec_${Buffer.from(raw(letter)).toString('base64')}`
const byKey = (letter: string, signed = body) =>
  `v1,${hmac(raw(letter), `msg_1.${time}.`, signed).toString('base64')}`
const wrong = 'not what the sender has, at all'

/** Deliveries of which nothing can be proved, whatever matches. */
const doubtful: Readonly<Record<string, () => Case>> = {
  'a wrong secret': () => plain({ secret: wrong }),
  'a changed value': () => plain({ received: body.replace('1999', '2999') }),
  'a wrong secret and a changed body': () => paired({ secret: wrong, received: `${body} ` }),
  'a body that came empty': () => plain({ received: '' }),
  'an empty body, and blanks around the secret': () => plain({ signed: '', secret: ` ${secret}` }),
  'the signature of an empty body': () => plain({ signed: '', received: body }),
  'a hash without a secret': () =>
    plain({ write: () => `sha256=${createHash('sha256').update(body).digest('hex')}` }),
  'a hash without a secret, with the time': () =>
    paired({ write: () => `t=${time},v1=${createHash('sha256').update(`${time}.${body}`).digest('hex')}` }),
  'an MD5 of the body': () => plain({ write: () => createHash('md5').update(body).digest('hex') }),
  'a signature of the time alone': () => paired({ write: () => `t=${time},v1=${hex(hmac(secret, time))}` }),
  'a signature of all but the body': () => listed({ signed: '', received: body }),
  'the secret in the header': () => plain({ write: () => secret }),
  'the first half of the right signature': () => plain({ write: (mac) => `sha256=${hex(mac).slice(0, 32)}` }),
  'the right signature without its last digit': () =>
    plain({ write: (mac) => `sha256=${hex(mac).slice(0, -1)}` }),
  'a short MAC': () => plain({ write: (mac) => `sha256=${hex(mac).slice(0, 16)}` }),
  'an empty key': () => plain({ key: '' }),
  'an empty secret on both sides': () => plain({ key: '', secret: '' }),
  'a placeholder on both sides': () => plain({ key: 'undefined', secret: 'undefined' }),
  'a word anybody guesses': () => plain({ key: 'secret', secret: '"secret"' }),
  'two listed secrets that both match': () =>
    listed({ secret: key('a'), others: [key('b'), key('c')], write: () => `${byKey('b')} ${byKey('c')}` }),
  'two equal secrets beside the one in use': () => plain({ secret: wrong, others: [secret, secret] }),
  'another secret, or a line end more: each explains one of two signatures': () =>
    listed({ secret: key('a'), others: [key('b')], write: () => `${byKey('a', `${body}\n`)} ${byKey('b')}` }),
  'a version before a wrong secret': () => listed({ secret: `v1,${key('a')}`, key: 'another' }),
  'a time that cannot be read, and a wrong secret': () => versioned({ at: '0x6955b900', secret: wrong }),
  'a time in words that is signed without the body': () =>
    paired({ write: () => `t=${time},v1=${hex(hmac(secret, 'Thu, 01 Jan 2026 00:00:00 GMT'))}` }),
  'a time of an hour later': () => versioned({ content: `v0:${Number(time) + 3_600}:` }),
  'characters that were replaced': () => plain({ received: body.replace(/[^\0-\x7f]/gu, '?') }),
  'characters that were dropped': () => plain({ received: body.replace(/[^\0-\x7f]/gu, '') }),
  'characters without their accents': () =>
    plain({ received: body.normalize('NFKD').replace(/\p{M}/gu, '') }),
  'gzip of another body': () => plain({ received: gzipSync(body.replace('1999', '2999')) }),
  'gzip of the body, and a wrong secret': () => plain({ received: gzipSync(body), secret: wrong }),
  'an empty body in gzip': () => plain({ signed: '', received: gzipSync('') }),
  'a token that came as another': () => plain({ write: () => 'sha256=none' }),
}

describe('is no proof', () => {
  test.each(Object.entries(doubtful))('%s', async (_, make) => {
    const { capture, options } = make()

    const { verdict, findings } = await explain(capture, { ...options, budgetMs: 1_500 })

    expect(verdict).toBe('unexplained')
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.map(({ level }) => level)).not.toContain('proof')
  })
})

test('two explanations that fit equally well are both hints, and the advice says so', async () => {
  const { capture, options } = doubtful['two listed secrets that both match']?.() ?? plain()

  const [first] = (await explain(capture, options)).findings

  expect(first).toMatchObject({ cause: 'secret.rotated', level: 'hint' })
  expect(first?.advice).toContain('a different explanation fits equally well')
})

test('what is valid has nothing to be found', async () => {
  for (const { capture, options } of [plain(), paired(), listed()])
    expect(await explain(capture, options)).toEqual({ verdict: 'valid', findings: [], searchedWhole: true })
})

test('a proof of one thing is not disturbed by old signatures beside it', async () => {
  const sha1 = createHmac('sha1', secret).update(body).digest('hex')
  const { capture, options } = plain({
    received: `${body}\n`,
    headers: [['X-Hub-Signature', `sha1=${sha1}`]],
  })

  const { findings } = await explain(capture, options)

  expect(findings).toMatchObject([{ cause: 'body.trailing-newline-added', level: 'proof' }])
})
