import { createHash } from 'node:crypto'
import { hmacScheme } from '@countersign/core/schemes'
import { body, type Case, hmac, listed, paired, plain, secret, time, versioned } from '../support/signed.js'

const hex = (mac: Buffer) => mac.toString('hex')
const signedAs = (...parts: (string | Uint8Array)[]) =>
  paired({ write: () => `t=${time},v1=${hex(hmac(secret, ...parts))}` })
const digest = createHash('sha256').update(body).digest('hex')
const byUrl = hmacScheme({
  name: 'by-url',
  header: 'X-Signature',
  url: 'https://shop.example.com/hooks',
  signedContent: '{url}{body}',
})
const overUrl = (...parts: string[]) =>
  plain({ header: 'X-Signature', write: () => hex(hmac(secret, ...parts)), options: { scheme: byUrl } })
const inUnit = (unit: 's' | 'ms' | 'iso8601', at: string) => {
  const { capture, options } = paired({ at })
  const timestamp = { header: 'Stripe-Signature', key: 't', unit }
  return { capture, options: { ...options, scheme: { ...options.scheme, timestamp } } }
}

/** Signed contents and times other than the scheme says. */
export const provedContents: Readonly<Record<string, () => Case>> = {
  'tmpl.separator': () => signedAs(`${time}:`, body),
  'tmpl.id-missing': () => listed({ content: `${time}.` }),
  'tmpl.timestamp-missing': () =>
    plain({ write: () => `sha256=${hex(hmac(secret, `${time}.`, body))}`, headers: [['X-Timestamp', time]] }),
  'tmpl.timestamp-unsigned': () => signedAs(body),
  'tmpl.timestamp-header': () => versioned({ timeHeader: 'X-Slack-Signed-At' }),
  'tmpl.timestamp-form': () => versioned({ content: `v0:${time}000:` }),
  'tmpl.id-header': () => {
    const { capture, options } = listed({ content: `evt_77.${time}.` })
    return { capture: { ...capture, headers: [...capture.headers, ['webhook-event-id', 'evt_77']] }, options }
  },
  'tmpl.url': () => overUrl('http://shop.example.com/hooks', body),
  'tmpl.method': () => overUrl('POST', 'https://shop.example.com/hooks', body),
  'tmpl.order': () => signedAs(body, `.${time}`),
  'tmpl.version': () => versioned({ content: `v1:${time}:` }),
  'tmpl.body-digest': () => signedAs(`${time}.`, digest),
  'tmpl.form-parameters': () => ({
    ...plain({
      header: 'X-Signature',
      signed: 'To=b&From=a&Body=hi',
      write: () => hex(hmac(secret, 'https://shop.example.com/hooks', 'BodyhiFromaTob')),
      contentType: 'application/x-www-form-urlencoded',
      options: { scheme: byUrl },
    }),
  }),
  'time.too-old': () => paired({ at: '1767225000' }),
  'time.too-new': () => paired({ at: '1767229210' }),
  'time.ms-as-seconds': () => paired({ at: `${time}000` }),
  'time.seconds-as-ms': () => inUnit('ms', time),
  'time.finer-unit': () => paired({ at: `${time}000000` }),
  'time.text-as-number': () => paired({ at: '2026-01-01T00:00:00Z' }),
  'time.number-as-text': () => inUnit('iso8601', time),
  'time.not-iso': () => inUnit('iso8601', '2026-01-01 00:00:00Z'),
  'time.fraction': () => paired({ at: `${time}.25` }),
  'time.blanks': () => versioned({ at: ` ${time}` }),
  'time.malformed': () => versioned({ at: '1,767,225,600' }),
  'time.rewritten': () => versioned({ at: `"${time}"`, content: `v0:${time}:` }),
  'time.unreadable': () => paired({ at: 'yesterday' }),
  'time.missing': () => versioned({ timeHeader: '' }),
}

/** What can only be supposed of them. */
export const hintedContents: Readonly<Record<string, () => Case>> = {
  'tmpl.body-not-covered': () => signedAs(time),
  'tmpl.unsubstituted': () => plain({ write: () => 'sha256={{signature}}' }),
  'time.malformed': () => versioned({ at: `${time}.0`, key: 'another' }),
  'time.missing': () => versioned({ timeHeader: '', key: 'another' }),
  'time.in-body': () => versioned({ timeHeader: '', key: 'another', signed: '{"timestamp":1767225600}' }),
}
