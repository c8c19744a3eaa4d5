import { isWebhookError } from '@countersign/core'
import {
  defineScheme,
  embeddable,
  fingerprintingApi,
  github,
  hmacScheme,
  type SchemeDescriptor,
  type SchemeOptions,
  scratcher,
  shopify,
  slack,
  standardWebhooks,
  stripe,
  tokenScheme,
  visibuild,
  visisto,
} from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'
import { everyScheme } from './every-scheme.js'

const codeOf = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    return isWebhookError(error) ? error.code : error
  }
  return 'no error'
}

describe.each(everyScheme)('%s', (_, scheme) => {
  it('is plain data: JSON keeps all of it', () => {
    const copy: SchemeDescriptor = JSON.parse(JSON.stringify(scheme))
    expect(copy).toStrictEqual({ ...scheme })
    expect(defineScheme(copy)).toStrictEqual(scheme)
  })

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(scheme)).toBe(true)
  })
})

const overridable: readonly (readonly [string, (options: SchemeOptions) => SchemeDescriptor])[] = [
  ['visisto', visisto],
  ['fingerprinting-api', (options) => fingerprintingApi({ ...options, event: 'NEW_VISIT' })],
  ['embeddable', embeddable],
  ['visibuild', visibuild],
  ['scratcher', scratcher],
  ['standard-webhooks', standardWebhooks],
  ['github', github],
  ['stripe', stripe],
  ['slack', slack],
  ['shopify', shopify],
]

describe.each(overridable)('%s accepts the same overrides as any other', (name, make) => {
  it('has a name for command lines and paths', () => {
    expect(make({}).name).toBe(name)
  })

  it('accepts each, and 0 is a value', () => {
    const options: SchemeOptions = {
      identity: 'none',
      maxBodyBytes: 12,
      respondWithin: 7,
      retries: [0, 9],
      disablesAfter: 3,
    }
    expect(make(options)).toMatchObject(options)
    expect(make({ ...options, toleranceSeconds: 0 }).toleranceSeconds).toBe(0)
  })

  it('keeps its own values if an override is undefined', () => {
    const nothing = Object.fromEntries(
      ['identity', 'maxBodyBytes', 'respondWithin', 'retries'].map((key) => [key, undefined]),
    )
    expect(JSON.stringify(make(nothing))).toBe(JSON.stringify(make({})))
  })
})

describe('what a sender publishes', () => {
  it('Visibuild: ten attempts over about 16 hours, and ten failures switch the endpoint off', () => {
    const { retries = [], disablesAfter, respondWithin } = visibuild()
    expect(retries).toHaveLength(10)
    expect(retries.reduce((sum, delay) => sum + delay, 0)).toBe(15 * 3600 + 52 * 60 + 30)
    expect({ disablesAfter, respondWithin }).toEqual({ disablesAfter: 10, respondWithin: 30 })
  })

  it('Standard Webhooks: the specification adds its example up to 75:35:05', () => {
    const total = standardWebhooks().retries?.reduce((sum, delay) => sum + delay, 0)
    expect(total).toBe(75 * 3600 + 35 * 60 + 5)
  })

  it('Visisto: a delivery of the last retry is still accepted, and its body digest needs the time', () => {
    const scheme = visisto()
    expect(scheme.toleranceSeconds).toEqual({ past: 73 * 3600, future: 300 })
    expect(scheme.retriesForSeconds).toBeLessThan(73 * 3600)
    expect(scheme.bodyDigest?.requires).toEqual(['/timestamp'])
    expect(visisto({ timestamp: { json: '/sent', unit: 's' } }).bodyDigest?.requires).toEqual(['/sent'])
    expect(visisto({ timestamp: false }).bodyDigest?.requires).toEqual(['/timestamp'])
  })

  it('names of events, if the documentation has any', () => {
    const namesOf = ({ events }: SchemeDescriptor) => events
    expect(namesOf(visibuild())).toContain('ticket.status_changed')
    // Campaigns define events, each of which would look like a slip.
    expect(namesOf(visisto())).toBeUndefined()
    expect(namesOf(fingerprintingApi({ event: 'NEW_VISITOR' }))).toEqual(['NEW_VISITOR'])
    expect(namesOf(github())).toEqual(expect.arrayContaining(['push', 'pull_request', 'ping']))
    expect(namesOf(stripe())).toEqual(expect.arrayContaining(['invoice.paid', 'checkout.session.completed']))
    expect(namesOf(slack())).toEqual(
      expect.arrayContaining(['app_mention', 'url_verification', 'block_actions']),
    )
    expect(namesOf(shopify())).toEqual(expect.arrayContaining(['orders/create', 'customers/redact']))
    expect([embeddable(), scratcher(), standardWebhooks()].map(namesOf)).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('Slack: all retries fall within five minutes', () => {
    expect(slack().retries?.reduce((sum, delay) => sum + delay, 0)).toBe(300)
  })
})

describe('wrong options', () => {
  it.each([
    ['a text', 'order.paid', /must be a list/],
    ['a number among the names', ['order.paid', 7], /must be a list/],
    ['an empty name', [''], /must be a list/],
    ['a name twice', ['order.paid', 'order.paid'], /"order.paid" twice/],
  ])('a scheme whose events are %s is refused', (_, events, message) => {
    const make = () => Reflect.apply(hmacScheme, undefined, [{ name: 'acme', header: 'X-Acme', events }])
    expect(codeOf(make)).toBe('ERR_WEBHOOK_SCHEME_INVALID')
    expect(make).toThrow(message)
  })

  it('a scheme may list no events', () => {
    expect(hmacScheme({ name: 'acme', header: 'X-Acme', events: [] }).events).toEqual([])
  })

  it.each([
    ['nothing', undefined, /NEW_VISIT.*NEW_VISITOR/],
    ['no event', {}, /NEW_VISIT.*NEW_VISITOR/],
    ['an unknown event', { event: 'NEW_VISTOR' }, /NEW_VISIT.*NEW_VISITOR/],
    ['an inherited name as event', { event: 'constructor' }, /NEW_VISIT.*NEW_VISITOR/],
    ['an unknown proof', { event: 'NEW_VISIT', proof: 'jwt' }, /token.*hmac/],
  ])('fingerprintingApi refuses %s and says what to pass', (_, options, message) => {
    const make = () => Reflect.apply(fingerprintingApi, undefined, [options])
    expect(codeOf(make)).toBe('ERR_WEBHOOK_OPTION_INVALID')
    expect(make).toThrow(message)
  })

  it('scratcher refuses an unknown proof', () => {
    expect(codeOf(() => Reflect.apply(scratcher, undefined, [{ proof: 'secret' }]))).toBe(
      'ERR_WEBHOOK_OPTION_INVALID',
    )
  })

  it.each([
    ['scratcher without the token’s place', () => Reflect.apply(scratcher, undefined, [{ proof: 'token' }])],
    [
      'scratcher without the signature’s header',
      () => Reflect.apply(scratcher, undefined, [{ proof: 'hmac' }]),
    ],
    ['hmacScheme without header', () => Reflect.apply(hmacScheme, undefined, [{ name: 'acme' }])],
    ['hmacScheme without name', () => Reflect.apply(hmacScheme, undefined, [{ header: 'X-Acme' }])],
    [
      'hmacScheme with an unknown algorithm',
      () => Reflect.apply(hmacScheme, undefined, [{ name: 'acme', header: 'X-Acme', algorithm: 'hmac-md5' }]),
    ],
    [
      'hmacScheme with an inherited name as algorithm',
      () =>
        Reflect.apply(hmacScheme, undefined, [{ name: 'acme', header: 'X-Acme', algorithm: 'constructor' }]),
    ],
    [
      'hmacScheme with list and pairs',
      () =>
        hmacScheme({
          name: 'acme',
          header: 'X-Acme',
          list: { separator: ' ' },
          pairs: { separator: ',', key: 'v1' },
        }),
    ],
    [
      'hmacScheme with a time that is not signed',
      () => hmacScheme({ name: 'acme', header: 'X-Acme', timestamp: { header: 'X-Time', unit: 's' } }),
    ],
    [
      'hmacScheme without the body',
      () => hmacScheme({ name: 'acme', header: 'X-Acme', signedContent: '{method}' }),
    ],
    [
      'tokenScheme with header and query',
      () => Reflect.apply(tokenScheme, undefined, [{ name: 'acme', header: 'X-Acme', query: 'token' }]),
    ],
    ['tokenScheme without either', () => Reflect.apply(tokenScheme, undefined, [{ name: 'acme' }])],
    ['a negative tolerance', () => visibuild({ toleranceSeconds: -1 })],
    ['a tolerance that is no number', () => visibuild({ toleranceSeconds: Number.NaN })],
    ['a header name with a blank', () => standardWebhooks({ headerPrefix: 'my webhook-' })],
    ['a pointer without a slash', () => visisto({ timestamp: { json: 'timestamp', unit: 's' } })],
    ['an unsigned time', () => visisto({ timestamp: { header: 'Date', unit: 's' } })],
  ])('refuses %s', (_, make) => {
    expect(codeOf(make)).toBe('ERR_WEBHOOK_SCHEME_INVALID')
  })
})
