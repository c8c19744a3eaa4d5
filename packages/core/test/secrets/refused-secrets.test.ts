import { inspect } from 'node:util'
import { createReceiver, type SecretInput, verify } from '@countersign/core'
import { embeddable, fingerprintingApi, scratcher, standardWebhooks } from '@countersign/core/schemes'
import { createSender } from '@countersign/testing'
import { describe, expect, it } from 'vitest'
import { good, other, signed } from '../support/secrets.js'
import { nowMs } from '../support/visibuild-delivery.js'

describe('a secret is refused at creation', () => {
  const worthless: readonly (readonly [string, unknown])[] = [
    ['undefined', undefined],
    ['null', null],
    ['empty', ''],
    ['blank', ' '],
    ['a line break', '\n'],
    ['the text undefined', 'undefined'],
    ['the text null', 'null'],
    ['a placeholder', 'your_secret'],
    ['another placeholder', 'YOUR-WEBHOOK-SECRET'],
    ['changeme', 'changeme'],
    ['an unexpanded variable', '$WEBHOOK_SECRET'],
    ['angle brackets', '<secret>'],
    ...[
      'REPLACE_WITH_SECRET',
      'replace-me-before-production',
      'change-me-please',
      'INSERT_SECRET_HERE',
      'your-webhook-secret-here',
      '{{SECRET}}',
      '{{ secrets.webhook }}',
      '{SECRET}',
      '$(SECRET)',
      '%WEBHOOK_SECRET%',
      '@@SECRET@@',
      '#{WEBHOOK_SECRET}',
      '__WEBHOOK_SECRET__',
      '<your secret>',
      '<%= ENV["SECRET"] %>',
      'process.env.WEBHOOK_SECRET',
      'import.meta.env.VITE_SECRET',
      'Deno.env.get("SECRET")',
      'os.environ["SECRET"]',
      'dummy',
      'dummy-secret',
      'example_key',
      'placeholder',
      'whsec_your_secret',
      '00000000000000000000000000000000',
      '...',
    ].map((text) => [`the placeholder ${text}`, text] as const),
    ['zero bytes', new Uint8Array(32)],
    ['one zero byte', Buffer.alloc(1)],
    ['a list with zero bytes', [good, { id: 'new', value: new Uint8Array(32) }]],
    ['an empty list', []],
    ['a list with an empty one', [good, '']],
    ['a list with an undefined one', [good, undefined]],
    ['empty bytes', new Uint8Array()],
    ['white space around', ` ${good}`],
    ['a line break after', `${good}\n`],
    ['quotes around', `"${good}"`],
    ['a number', 12345678],
    ['an empty label', { id: '', value: good }],
    ['a label without value', { id: 'a', value: undefined }],
    [
      'two of one label',
      [
        { id: 'a', value: good },
        { id: 'a', value: other },
      ],
    ],
    ['notAfter that is no time', { id: 'a', value: good, notAfter: 'soon' }],
    ['credentials for an HMAC', { username: 'u', password: 'p' }],
    ['more than 16', Array.from({ length: 17 }, (_, index) => `${good}${index}`)],
  ]
  it.each(worthless)('%s', (_, secret) => {
    expect(() => createReceiver({ scheme: embeddable(), secret: secret as SecretInput })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }),
    )
  })

  it.each(['whsec_', 'whsec_!!!!', 'whsec_...', 'not base64 at all', 'whsec_YQ=a'])(
    'as base64: %s',
    (secret) => {
      expect(() => createReceiver({ scheme: standardWebhooks(), secret })).toThrow(
        expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }),
      )
    },
  )

  it.each([
    ['no colon', 'userpassword'],
    ['nothing set', 'undefined:undefined'],
    ['no password', { username: 'u', password: undefined }],
    ['colon in the user name', { username: 'u:v', password: 'p' }],
  ])('as Basic credentials: %s', (_, secret) => {
    expect(() => createReceiver({ scheme: scratcher(), secret: secret as SecretInput })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_SECRET_INVALID' }),
    )
  })

  it('as a token with a comma, which would look like a repeated header', () => {
    expect(() =>
      createReceiver({ scheme: fingerprintingApi({ event: 'NEW_VISIT' }), secret: 'abc,def' }),
    ).toThrow(/comma/)
  })

  it('with a message that names the option and not the secret', () => {
    const secret = ' canary-secret-value '
    expect.assertions(2)
    try {
      createReceiver({ scheme: embeddable(), secret })
    } catch (error) {
      expect(inspect(error)).toContain('option "secret"')
      expect(inspect(error)).not.toContain('canary')
    }
  })

  it('by verify too, as a rejection', async () => {
    await expect(verify(signed(good), { scheme: embeddable(), secret: undefined })).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SECRET_INVALID',
    })
  })
})

it('an empty key forges nothing, whatever the secret is', async () => {
  await expect(verify(signed(''), { scheme: embeddable(), secret: good })).rejects.toMatchObject({
    code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
  })
})

describe('a secret in base64', () => {
  const key = 'Q291bnRlcnNpZ24gdGVzdCB2ZWN0b3JzLCBrZXkgMQ=='
  const request = createSender({
    scheme: standardWebhooks(),
    secret: `whsec_${key}`,
    now: () => nowMs,
  }).sign()

  it.each([key, `whsec_${key}`, `v1,whsec_${key}`, `v1,whsec_${key.replaceAll('=', '')}`])(
    'is read with and without the prefixes that senders show: %s',
    async (secret) => {
      const options = { scheme: standardWebhooks(), secret, now: () => nowMs }
      await expect(verify(request, options)).resolves.toBeDefined()
    },
  )

  it.each([`whsec_${'A'.repeat(43)}=`, 'A'.repeat(32)])('with only zero bytes is refused: %s', (secret) => {
    expect(() => createReceiver({ scheme: standardWebhooks(), secret })).toThrow(/zero bytes/)
  })
})
