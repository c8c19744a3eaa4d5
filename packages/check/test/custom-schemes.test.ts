import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as signBytes,
  timingSafeEqual,
  verify as verifyBytes,
} from 'node:crypto'
import type { Scheme } from '@countersign/core'
import { type CustomSchemeOptions, customScheme } from '@countersign/core/schemes'
import { explain } from '@countersign/diagnosis'
import { createSender } from '@countersign/testing'
import { describe, expect, test } from 'vitest'
import { checkReceiver } from '../src/check-receiver.js'
import type { CheckReport } from '../src/check-report.js'
import { serveNode } from './support/adapters.js'

const timeoutMs = 30_000
/** They wait or send much. */
const skip = ['ends-stalled-body', 'ends-slow-head', 'limits-body', 'reads-small-chunks', 'serves-others']
const secret = 'a-signing-secret-of-32-characters'

const macOf = (time: string, body: Uint8Array, key: string) =>
  createHmac('sha256', key).update(`${time}.`).update(body).digest('hex')

/** @param isProof what the verifier makes of the right signature and the one that came */
const acme = (
  isProof: (expected: string, given: string) => boolean,
  more: Partial<CustomSchemeOptions> = {},
) =>
  customScheme({
    name: 'acme',
    proofHeaders: ['X-Acme-Signature'],
    timestamp: { header: 'X-Acme-Time', unit: 's' },
    verify({ headers, rawBody }, key) {
      const expected = macOf(headers.get('X-Acme-Time') ?? '', rawBody, key)
      return isProof(expected, headers.get('X-Acme-Signature') ?? '') && { signed: rawBody }
    },
    sign: ({ headers, body }, key) => ({
      'X-Acme-Signature': macOf(headers['x-acme-time'] ?? '', body, key),
    }),
    respondWithin: 5,
    eventId: { json: '/id' },
    eventType: { json: '/type' },
    ...more,
  })

const compares = (expected: string, given: string) =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))

/** Signed with a private key; the public one verifies, as Discord's does. */
const signed = customScheme({
  name: 'signed',
  proofHeaders: ['X-Signature-Ed25519'],
  timestamp: { header: 'X-Signature-Timestamp', unit: 's' },
  verify({ headers, rawBody }, publicKey) {
    const content = Buffer.concat([Buffer.from(headers.get('X-Signature-Timestamp') ?? ''), rawBody])
    const given = headers.get('X-Signature-Ed25519') ?? ''
    if (!/^[0-9a-f]{128}$/.test(given)) return false
    return (
      verifyBytes(null, content, createPublicKey(publicKey), Buffer.from(given, 'hex')) && { signed: rawBody }
    )
  },
  sign({ headers, body }, privateKey) {
    const content = Buffer.concat([Buffer.from(headers['x-signature-timestamp'] ?? ''), body])
    const signature = signBytes(null, content, createPrivateKey(privateKey))
    return { 'X-Signature-Ed25519': signature.toString('hex') }
  },
  eventId: { json: '/id' },
})

const pair = generateKeyPairSync('ed25519')
const publicKey = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString().trim()
const privateKey = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString().trim()

async function check(scheme: Scheme, keys = { receiver: secret, sender: secret }, only?: readonly string[]) {
  let handled = 0
  const options = { scheme, secret: keys.receiver, onWarning: () => {} }
  const { url, stop } = await serveNode(options, async () => {
    handled++
  })
  try {
    const given = { url, scheme, secret: keys.sender, handled: () => handled, timeoutMs, skip }
    return await checkReceiver(only ? { ...given, only } : given)
  } finally {
    stop()
  }
}

const verdicts = ({ properties }: CheckReport, verdict: string) =>
  properties.filter((each) => each.verdict === verdict).map(({ property }) => property)

describe('checkReceiver, with a custom scheme', { timeout: 180_000 }, () => {
  test('finds no fault in a receiver whose verifier has none', async () => {
    const report = await check(acme(compares))
    expect([verdicts(report, 'fail'), verdicts(report, 'unknown')]).toEqual([[], []])
    // Only the code knows how its signatures are written; ids are in the body.
    expect(verdicts(report, 'not-applicable')).toEqual([
      'reads-signature-strictly',
      'binds-id',
      'handles-replays-once',
    ])
  })

  test('signs with a private key where the receiver has the public one', async () => {
    const report = await check(signed, { receiver: publicKey, sender: privateKey })
    expect([verdicts(report, 'fail'), verdicts(report, 'unknown')]).toEqual([[], []])
    expect(verdicts(report, 'pass')).toEqual(
      expect.arrayContaining([
        'refuses-forged',
        'binds-body',
        'binds-time',
        'refuses-stale',
        'handles-retries-once',
      ]),
    )
    expect(verdicts(report, 'not-applicable')).toContain('refuses-known-keys')
  })

  test.each<[string, Scheme, string]>([
    ['takes everything', acme(() => true), 'refuses-forged'],
    [
      'compares the beginning',
      acme((expected, given) => given !== '' && expected.startsWith(given)),
      'compares-whole-signature',
    ],
    [
      'forgets the body',
      acme(compares, {
        verify({ headers, rawBody }, key) {
          const expected = macOf(headers.get('X-Acme-Time') ?? '', new Uint8Array(), key)
          return compares(expected, headers.get('X-Acme-Signature') ?? '') && { signed: rawBody }
        },
        sign: ({ headers }, key) => ({
          'X-Acme-Signature': macOf(headers['x-acme-time'] ?? '', new Uint8Array(), key),
        }),
      }),
      'binds-body',
    ],
  ])('finds a verifier that %s', async (_flaw, scheme, property) => {
    expect(verdicts(await check(scheme, undefined, [property]), 'fail')).toContain(property)
  })

  test('says what it needs', async () => {
    const url = 'http://127.0.0.1:9/'
    const { sign, ...silent } = { name: 'silent', verify: () => undefined, sign: () => ({}) }
    await expect(checkReceiver({ url, scheme: customScheme({ ...silent, sign }), secret })).rejects.toThrow(
      /name its proofHeaders/,
    )
    const unsigned = customScheme({ ...silent, proofHeaders: ['X-Sig'] })
    await expect(checkReceiver({ url, scheme: unsigned, secret })).rejects.toThrow(
      /give customScheme\(\) a sign/,
    )
    expect(() => createSender({ scheme: unsigned, secret })).toThrow(
      /Scheme "silent": only its own code can sign/,
    )
  })
})

test('explain() says that a custom scheme cannot be recomputed', async () => {
  const capture = {
    method: 'POST',
    url: 'https://a.example/',
    headers: [],
    body: new Uint8Array(),
    notes: [],
  }
  const options = { scheme: acme(compares), secrets: [{ id: '0', value: secret }] }
  await expect(explain(capture, options)).rejects.toThrow(/checked by its own code/)
})

test.each<[string, CustomSchemeOptions['sign'], RegExp]>([
  ['a promise', (async () => ({})) as never, /at once/],
  ['text', (() => 'sig') as never, /must return headers/],
])('a sign that returns %s is refused', (_what, sign, message) => {
  const sender = createSender({ scheme: acme(compares, { sign: sign as never }), secret })
  expect(() => sender.sign()).toThrow(message)
})
