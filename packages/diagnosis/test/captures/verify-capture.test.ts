import { hmacScheme, stripe, visibuild } from '@countersign/core/schemes'
import { type Capture, readCapture, verifyCapture, writeHttpMessage } from '@countersign/diagnosis'
import { createSender, tamperBody, vectorOptions, vectorRequest } from '@countersign/testing'
import { describe, expect, test, vi } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'
import { checkNames, checkOf } from '../../src/captures/check-of.js'

const scheme = visibuild()
const secret = 'visibuild-secret-0123456789abcdef'
const now = 1_767_225_600_000
const sender = createSender({ scheme, secret, now: () => now })
const signed: Capture = { ...sender.sign(), notes: [] }

const verify = (capture: Capture, options: object = {}) =>
  verifyCapture(capture, { scheme, secret, now, ...options })

/** `method length headers` for what passed, `-x` for what failed; the rest is not known. */
const told = ({ checks }: Awaited<ReturnType<typeof verifyCapture>>) =>
  checks.flatMap(({ check, passed }) => (passed === null ? [] : [passed ? check : `-${check}`])).join(' ')

describe('every test vector', () => {
  test('is judged as stated, and its HTTP message too', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    for (const vector of vectors) {
      const { scheme, secret, now, ...options } = vectorOptions(vector)
      const request = vectorRequest(vector)
      const captures: Capture[] = [{ ...request, notes: [] }]
      if (vector.transport !== 'direct')
        captures.push(readCapture(writeHttpMessage(request), { url: request.url }))
      for (const capture of captures) {
        const { verdict, code } = await verifyCapture(capture, {
          scheme,
          secret,
          now: now?.() ?? 0,
          ...options,
        })
        const title = `${vector.file} ${vector.tcId}`
        expect([title, verdict, code]).toEqual([
          title,
          vector.result === 'valid' ? 'accepted' : 'refused',
          vector.code,
        ])
      }
    }
    vi.restoreAllMocks()
  })
})

test('an accepted capture passed every check that the scheme has', async () => {
  const verdict = await verify(signed)
  expect(told(verdict)).toBe('method length headers signature timestamp payload identity')
  expect(verdict).toMatchObject({ verdict: 'accepted', code: undefined, authentic: true })
  expect(verdict.delivery).toMatchObject({ event: 'ticket.status_changed', secretId: '0' })
  const plain = hmacScheme({ name: 'plain', header: 'x-s' })
  const other = createSender({ scheme: plain, secret }).sign()
  expect(told(await verify({ ...other, notes: [] }, { scheme: plain }))).toBe(
    'method length headers signature payload',
  )
})

const withHeader = (name: string, value: string | undefined): Capture => ({
  ...signed,
  headers: [
    ...signed.headers.filter(([given]) => given.toLowerCase() !== name.toLowerCase()),
    ...(value === undefined ? [] : [[name, value] as const]),
  ],
})

const cases: readonly (readonly [code: string, capture: Capture, told: string, options?: object])[] = [
  [
    'METHOD_NOT_ALLOWED',
    { ...signed, method: 'GET' },
    '-method length headers signature timestamp payload identity',
  ],
  [
    'BODY_TOO_LARGE',
    signed,
    'method -length headers signature timestamp payload identity',
    { maxBodyBytes: 10 },
  ],
  [
    'BODY_INCOMPLETE',
    withHeader('content-length', '9999'),
    'method -length headers signature timestamp payload identity',
  ],
  [
    'BODY_ENCODED',
    withHeader('content-encoding', 'gzip'),
    'method -length headers signature timestamp payload identity',
  ],
  ['HEADER_MISSING', withHeader('x-visibuild-signature', undefined), 'method -headers'],
  ['HEADER_MALFORMED', withHeader('x-visibuild-signature', 'sha256=00'), 'method -headers'],
  ['HEADER_AMBIGUOUS', { ...signed, headers: [...signed.headers, ...signed.headers] }, 'method -headers'],
  ['SIGNATURE_MISMATCH', { ...tamperBody(signed), notes: [] }, 'method length headers -signature'],
  ['TIMESTAMP_MALFORMED', withHeader('x-visibuild-timestamp', 'today'), 'method -timestamp'],
  [
    'TIMESTAMP_TOO_OLD',
    signed,
    'method length headers signature -timestamp payload identity',
    { now: now + 301_000 },
  ],
  [
    'TIMESTAMP_TOO_NEW',
    signed,
    'method length headers signature -timestamp payload identity',
    { now: now - 301_000 },
  ],
  [
    'PAYLOAD_MALFORMED',
    { ...sender.sign({ body: 'no JSON' }), notes: [] },
    'method length headers signature timestamp -payload',
  ],
  [
    'SECRET_EXPIRED',
    signed,
    'method length headers -signature',
    { secret: [{ id: 'old', value: secret, notAfter: now - 1 }] },
  ],
]

test.for(cases)('%s is told as the check that failed', async ([code, capture, expected, options]) => {
  const verdict = await verify(capture, options)
  expect([verdict.verdict, verdict.code]).toEqual(['refused', `ERR_WEBHOOK_${code}`])
  expect(told(verdict)).toBe(expected)
  expect(verdict.delivery).toBeUndefined()
  expect(verdict.authentic).toBe(expected.split(' ').includes('signature'))
  const failed = verdict.checks.find(({ passed }) => passed === false)
  expect(failed?.check).toBe(checkOf[verdict.code ?? 'ERR_WEBHOOK_TENANT_UNKNOWN'])
  expect(failed?.detail).toMatch(/^[A-Z"].*[.?]$/)
})

test('several faults are all told, and the first is the code', async () => {
  const capture = { ...tamperBody(signed), method: 'GET', notes: [] }
  const verdict = await verify(capture, { maxBodyBytes: 10, now: now + 999_000 })
  expect(verdict.code).toBe('ERR_WEBHOOK_METHOD_NOT_ALLOWED')
  expect(told(verdict)).toBe('-method -length headers -signature')
})

test('a time in the body is checked after the payload', async () => {
  const inBody = hmacScheme({ name: 'in-body', header: 'x-s', timestamp: { json: '/at', unit: 's' } })
  const sign = (payload: unknown) => ({
    ...createSender({ scheme: inBody, secret }).sign({ body: JSON.stringify(payload) }),
    notes: [],
  })
  const missing = await verify(sign({}), { scheme: inBody })
  expect([missing.code, told(missing)]).toEqual([
    'ERR_WEBHOOK_TIMESTAMP_MISSING',
    'method length headers signature -timestamp payload',
  ])
  const old = await verify(sign({ at: 1 }), { scheme: inBody })
  expect([old.code, told(old)]).toEqual([
    'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
    'method length headers signature -timestamp payload identity',
  ])
})

test('a tolerance of its own is heeded, 0 too', async () => {
  expect((await verify(signed, { now: now + 900_000, toleranceSeconds: 900 })).verdict).toBe('accepted')
  expect((await verify(signed, { now: now + 1, toleranceSeconds: 0 })).code).toBe(
    'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
  )
})

test('wrong settings are thrown, not told as a refusal', async () => {
  await expect(verify(signed, { secret: '' })).rejects.toThrow('The secret is empty')
  await expect(verify(signed, { scheme: { ...stripe(), name: 'X Y' } })).rejects.toThrow('kebab-case')
})

test('every check has a code that refuses it, but the last, which never refuses', () => {
  const refusing = new Set(Object.values(checkOf))
  expect(checkNames.filter((check) => !refusing.has(check))).toEqual(['identity'])
})
