import {
  createReceiver,
  defineScheme,
  type ReceiverOptions,
  type SchemeDescriptor,
  WebhookConfigurationError,
  type WebhookEvent,
} from '@countersign/core'
import { embeddable, visibuild } from '@countersign/core/schemes'
import { describe, expect, it, vi } from 'vitest'

const secret = 'a-signing-secret-of-32-characters'
const base: SchemeDescriptor = {
  name: 'my-sender',
  signature: { algorithm: 'hmac-sha256', header: 'x-sig', encoding: 'hex' },
  signedContent: '{body}',
}

const timed = { signedContent: '{timestamp}.{body}', timestamp: { header: 'x-sig', unit: 's' } }
const withList = (separator: string) => ({ ...base.signature, list: { separator } })
const withPairs = (pairs: object) => ({
  ...base.signature,
  pairs: { separator: ',', key: 'v1', ...pairs },
})

describe('defineScheme', () => {
  it.each<[RegExp, object]>([
    [/kebab-case/, { name: 'My Sender' }],
    [/kebab-case/, { name: undefined }],
    [/signature is missing/, { signature: undefined }],
    [/unknown algorithm/, { signature: { ...base.signature, algorithm: 'md5' } }],
    [/unknown algorithm/, { signature: { ...base.signature, algorithm: '__proto__' } }],
    [/encoding/, { signature: { ...base.signature, encoding: 'utf8' } }],
    [/signature.header/, { signature: { algorithm: 'hmac-sha256', encoding: 'hex' } }],
    [/header name/, { signature: { ...base.signature, header: 'x sig' } }],
    [
      /list or pairs/,
      { signature: { ...base.signature, list: { separator: ' ' }, pairs: { separator: ',', key: 'v1' } } },
    ],
    [/separator/, { signature: { ...base.signature, list: { separator: '' } } }],
    [/separator "a" may occur in a signature/, { signature: withList('a') }],
    [/separator "\/" may occur/, { signature: { ...withList('/'), encoding: 'base64' } }],
    [/separator "-" may occur/, { signature: { ...withList('-'), encoding: 'base64url' } }],
    [/separator "=" may occur/, { signature: withPairs({ separator: '=' }) }],
    [/list has no field "seperator"/, { signature: { ...base.signature, list: { seperator: ',' } } }],
    [/pairs has no field "group"/, { signature: withPairs({ group: { separator: ' ' } }) }],
    [/signature has no field "pair"/, { signature: { ...base.signature, pair: {} } }],
    [/timestamp has no field "index"/, { timestamp: { json: '/t', unit: 's', index: 0 } }],
    [/names of pairs/, { signature: withPairs({ key: '' }) }],
    [/names of pairs/, { signature: withPairs({ key: 'a=b' }) }],
    [/names a key twice/, { signature: withPairs({ moreKeys: ['v1'] }) }],
    [/values: the separator must not be empty/, { signature: withPairs({ values: { separator: '' } }) }],
    [/holds the separator of the pairs/, { signature: withPairs({ values: { separator: ', ' } }) }],
    [/cannot be base64/, { signature: { ...withPairs({ values: { separator: ',' } }), encoding: 'base64' } }],
    [/groups: the separator must not be empty/, { signature: withPairs({ groups: {} }) }],
    [/also occurs within the groups/, { signature: withPairs({ groups: { separator: ',' } }) }],
    [
      /also occurs within the groups/,
      { signature: withPairs({ separator: ', ', groups: { separator: ' ' } }) },
    ],
    [/header name/, { signature: { ...base.signature, moreHeaders: ['x sig'] } }],
    [/list of names, or 'numbered'/, { signature: { ...base.signature, moreHeaders: 'x-sig-2' } }],
    [/names a header twice/, { signature: { ...base.signature, moreHeaders: ['X-Sig'] } }],
    [
      /at most 16 headers/,
      { signature: { ...base.signature, moreHeaders: Array.from({ length: 16 }, (_, at) => `x-${at}`) } },
    ],
    [/ends in a number/, { signature: { ...base.signature, moreHeaders: 'numbered' } }],
    [/ends in a number/, { signature: { ...base.signature, header: 'x-sig-01', moreHeaders: 'numbered' } }],
    [/header that repeats/, { signature: { ...withList(','), repeats: true } }],
    [/header that repeats/, { signature: { ...base.signature, prefix: 'v1,', repeats: true } }],
    [/must be another/, { ...timed, signature: withPairs({}), timestamp: { ...timed.timestamp, key: 'v1' } }],
    [/position needs signature.list/, { ...timed, timestamp: { ...timed.timestamp, position: 0 } }],
    [
      /position needs signature.list/,
      { ...timed, signature: withList(','), timestamp: { header: 'x-time', position: 0, unit: 's' } },
    ],
    [
      /whole number from 0 to 15/,
      { ...timed, signature: withList(','), timestamp: { ...timed.timestamp, position: -1 } },
    ],
    [
      /whole number from 0 to 15/,
      { ...timed, signature: withList(','), timestamp: { ...timed.timestamp, position: 16 } },
    ],
    [/header or a query/, { signature: { algorithm: 'token' }, signedContent: undefined }],
    [
      /header or a query/,
      { signature: { algorithm: 'token', header: 'a', query: 'b' }, signedContent: undefined },
    ],
    [/signs nothing/, { signature: { algorithm: 'basic' } }],
    [/must hold \{body\}, \{bodySha256Hex\} or/, { signedContent: undefined }],
    [/must hold \{body\}, \{bodySha256Hex\} or/, { signedContent: '{method}' }],
    [/holds \{body\} and also \{body\}/, { signedContent: '{body}{body}' }],
    [/holds \{body\} and also \{bodySha256Hex\}/, { signedContent: '{body}.{bodySha256Hex}' }],
    [/also \{bodySha256Base64\}/, { signedContent: '{bodySha256Hex}{method}{bodySha256Base64}' }],
    [/unknown placeholder \{bodySHA256Hex\}/, { signedContent: '{bodySHA256Hex}{body}' }],
    [/unknown placeholder \{bodySha256\}/, { signedContent: '{body}{bodySha256}' }],
    [/unknown placeholder \{nonce\}/, { signedContent: '{nonce}{body}' }],
    [/\{id\} needs/, { signedContent: '{id}{body}' }],
    [/\{url\} needs/, { signedContent: '{url}{body}' }],
    [/\{timestamp\} needs/, { signedContent: '{timestamp}.{body}' }],
    [/unsigned time proves nothing/, { timestamp: { header: 'x-time', unit: 's' } }],
    [/nothing ends \{id\}/, { signedContent: '{id}{body}', deliveryId: { header: 'x-id' } }],
    [
      /nothing ends \{id\}/,
      {
        signedContent: '{id}{timestamp}.{body}',
        deliveryId: { header: 'x-id' },
        timestamp: { header: 'x-time', unit: 's' },
      },
    ],
    [/nothing ends \{id\}/, { signedContent: '{body}{id}', deliveryId: { header: 'x-id' } }],
    [/nothing ends \{id\}/, { signedContent: '{id}{method}{body}', deliveryId: { header: 'x-id' } }],
    ...['0{body}', '{body}'].flatMap((rest): [RegExp, object][] =>
      ['form', 'json-or-form', 'bytes'].map((payload) => [
        /nothing ends \{timestamp\}/,
        { signedContent: `{timestamp}${rest}`, timestamp: { header: 'x-time', unit: 's' }, payload },
      ]),
    ),
    [
      /nothing ends \{timestamp\}/,
      { signedContent: '{body}7{timestamp}', timestamp: { header: 'x-time', unit: 'ms' } },
    ],
    [/query proves|proves no query/, { payload: 'query-or-body' }],
    [/payload must be one of/, { payload: 'xml' }],
    [/contentEncoding/, { contentEncoding: 'gzip' }],
    [/unit/, { timestamp: { json: '/t', unit: 'm' } }],
    [/pairs/, { signedContent: '{timestamp}.{body}', timestamp: { header: 'x-time', key: 't', unit: 's' } }],
    [/JSON pointer/, { eventId: { json: 'id' } }],
    [/JSON pointer/, { bodyDigest: { requires: ['a'], requiresOneOf: ['/b'] } }],
    [/toleranceSeconds/, { toleranceSeconds: -1 }],
    [/toleranceSeconds/, { toleranceSeconds: Number.NaN }],
    [/toleranceSeconds/, { toleranceSeconds: { past: 1 } }],
    [/no field "tolerence"/, { tolerence: 5 }],
  ])('throws %s', (message, change) => {
    const descriptor = { ...base, ...change } as SchemeDescriptor
    expect(() => defineScheme(descriptor)).toThrow(message)
    expect(() => defineScheme(descriptor)).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_SCHEME_INVALID' }),
    )
  })

  it('a timestamp in the body needs a signature over the body', () => {
    const descriptor: SchemeDescriptor = {
      name: 'x',
      signature: { algorithm: 'basic' },
      timestamp: { json: '/t', unit: 's' },
    }
    expect(() => defineScheme(descriptor)).toThrow(/signature over the body/)
  })

  it('an undefined option keeps the scheme’s value, and 0 is a value', () => {
    expect(visibuild({ toleranceSeconds: 0 }).toleranceSeconds).toBe(0)
    const options = { respondWithin: undefined } as unknown as Parameters<typeof visibuild>[0]
    expect(visibuild(options).respondWithin).toBe(30)
  })
})

describe('createReceiver', () => {
  it.each<[string, RegExp, Partial<Record<keyof ReceiverOptions, unknown>>]>([
    ['SCHEME_INVALID', /scheme is missing/, { scheme: undefined }],
    ['OPTION_INVALID', /toleranceSeconds/, { toleranceSeconds: Number.POSITIVE_INFINITY }],
    ['OPTION_INVALID', /now/, { now: 5 }],
    ['OPTION_INVALID', /maxBodyBytes/, { maxBodyBytes: 0 }],
    ['OPTION_INVALID', /bodyTimeoutMs/, { bodyTimeoutMs: -1 }],
    ['OPTION_INVALID', /secretTimeoutMs/, { secretTimeoutMs: Number.NaN }],
    ['OPTION_INVALID', /leaseMs/, { leaseMs: 0 }],
    ['OPTION_INVALID', /leaseMs must be shorter/, { leaseMs: 60_000_000 }],
    ['OPTION_INVALID', /maxHandlerMs/, { maxHandlerMs: 'long' }],
    ['OPTION_INVALID', /storeTimeoutMs/, { storeTimeoutMs: 0 }],
    ['OPTION_INVALID', /retentionMs/, { retentionMs: 0 }],
    ['OPTION_INVALID', /onExpiredLease/, { onExpiredLease: 'drop' }],
    ['OPTION_INVALID', /onStoreDown/, { onStoreDown: 'ignore' }],
    ['OPTION_INVALID', /inProgressStatus/, { inProgressStatus: 200 }],
    ['OPTION_INVALID', /conflictStatus/, { conflictStatus: 410 }],
    ['OPTION_INVALID', /exhaustAfter/, { exhaustAfter: 0 }],
    ['OPTION_INVALID', /store/, { store: {} }],
    ['OPTION_INVALID', /endpoint/, { endpoint: ' ' }],
    ['RETENTION_TOO_SHORT', /660000/, { retentionMs: 659_999 }],
  ])('throws %s: %s', (reason, message, change) => {
    const create = () =>
      createReceiver({ scheme: visibuild(), secret, ...change } as ReceiverOptions<WebhookEvent>)
    expect(create).toThrow(message)
    expect(create).toThrow(WebhookConfigurationError)
    expect(create).toThrow(expect.objectContaining({ code: `ERR_WEBHOOK_${reason}` }))
  })

  it('accepts a retention that is exactly the window', () => {
    expect(() =>
      createReceiver({ scheme: visibuild(), secret, retentionMs: 660_000, onWarning: vi.fn() }),
    ).not.toThrow()
  })

  it('warns if the retention is shorter than the retries, or if no timestamp is signed', () => {
    const onWarning = vi.fn()
    createReceiver({ scheme: visibuild(), secret, retentionMs: 3_600_000, onWarning })
    expect(onWarning).toHaveBeenCalledWith(expect.stringContaining('retries'))
    expect(() =>
      createReceiver({ scheme: embeddable(), secret, retentionMs: 1_000, onWarning }),
    ).not.toThrow()
  })
})
