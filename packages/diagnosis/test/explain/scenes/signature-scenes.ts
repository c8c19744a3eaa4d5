import { createHash, createHmac } from 'node:crypto'
import { basicScheme, github, hmacScheme, tokenScheme } from '@countersign/core/schemes'
import { body, type Case, hmac, listed, paired, plain, secret, time } from '../support/signed.js'

const bare = hmacScheme({ name: 'bare', header: 'X-Signature' })
const hex = (mac: Buffer) => mac.toString('hex')
const by = (name: string) => createHmac(name, secret).update(body).digest('hex')
const algorithms = ['sha1', 'sha384', 'sha512', 'md5', 'sha224', 'sha3-256', 'sha3-512']

/** What happens to signatures and their headers. */
export const provedSignatures: Readonly<Record<string, () => Case>> = {
  'sig.header-case': () => plain({ header: 'HTTP_X_HUB_SIGNATURE_256' }),
  'sig.other-header-name': () => plain({ header: 'X-Redmine-Signature-256' }),
  'sig.wrong-header': () => plain({ header: 'X-Hub-Signature', write: () => `sha1=${by('sha1')}` }),
  'sig.prefix-missing': () => plain({ write: hex }),
  'sig.prefix-unexpected': () => plain({ header: 'X-Signature', options: { scheme: bare } }),
  'sig.prefix-differs': () => plain({ write: (mac) => `hmac=${hex(mac)}` }),
  'sig.form': () => listed({ write: (mac) => `v1,${mac.toString('base64')};v1,${mac.toString('base64')}` }),
  'sig.pair-name': () => paired({ write: (mac) => `t=${time},v0=${hex(mac)}` }),
  'sig.whole-header-as-signature': () =>
    plain({ header: 'X-Signature', write: (mac) => `kid=1,v1=${hex(mac)}`, options: { scheme: bare } }),
  'sig.header-blanks': () => paired({ write: (mac) => `t=${time}, v1=${hex(mac)}` }),
  'sig.header-quoted': () => plain({ write: (mac) => `"sha256=${hex(mac)}"` }),
  'sig.header-repeated': () => {
    const { capture, options } = plain()
    const again = capture.headers.filter(([name]) => name.startsWith('X-Hub'))
    return { capture: { ...capture, headers: [...capture.headers, ...again] }, options }
  },
  'sig.header-ambiguous': () => {
    const scheme = hmacScheme({ name: 'two', header: 'X-Signature', deliveryId: { header: 'X-Id' } })
    return plain({ header: 'X-Signature', write: hex, headers: [['X-Id', 'a, b']], options: { scheme } })
  },
  'sig.header-malformed': () => plain({ headers: [['Content-Length', 'many']] }),
  'sig.in-query': () => {
    const { capture, options } = plain()
    const url = `https://shop.example.com/hooks?sig=${hex(hmac(secret, body))}`
    return { capture: { ...capture, url, headers: [] }, options }
  },
  'sig.base64-vs-hex': () => plain({ write: (mac) => `sha256=${mac.toString('base64')}` }),
  'sig.base64url': () => listed({ write: (mac) => `v1,${mac.toString('base64').replace(/=+$/, '')}` }),
  'sig.double-encoded': () => plain({ write: (mac) => `sha256=${Buffer.from(hex(mac)).toString('base64')}` }),
  'sig.percent-encoded': () => listed({ write: (mac) => encodeURIComponent(`v1,${mac.toString('base64')}`) }),
  'sig.not-hmac': () =>
    plain({ write: () => `sha256=${createHash('sha256').update(secret).update(body).digest('hex')}` }),
  'sig.args-swapped': () => {
    const { capture, options } = plain({ write: () => secret })
    const value = `sha256=${hex(hmac(secret, body))}`
    return { capture, options: { ...options, secrets: [{ id: 'SECRET', value }] } }
  },
  'header.content-length': () => plain({ headers: [['Content-Length', '12']] }),
  'header.content-encoding': () => plain({ headers: [['Content-Encoding', 'gzip']] }),
  'request.method': () => plain({ method: 'PUT' }),
  'request.other-scheme': () => paired({ options: { scheme: github() } }),
  'algorithm.hmac-sha256': () => {
    const scheme = hmacScheme({ name: 'longer', header: 'X-Signature', algorithm: 'hmac-sha512' })
    return plain({ header: 'X-Signature', write: hex, options: { scheme } })
  },
  ...Object.fromEntries(
    algorithms.map((name) => [
      `algorithm.hmac-${name}`,
      () => plain({ header: 'X-Signature', write: () => by(name), options: { scheme: bare } }),
    ]),
  ),
}

const token = tokenScheme({ name: 'token', header: 'Authorization', prefix: 'Bearer ' })
const basic = basicScheme({ name: 'basic' })
const withHeader = (
  scheme: typeof token,
  name: string,
  value: string,
  configured = 'ada:token-0123456789',
): Case => {
  const { capture, options } = plain({ secret: configured })
  return { capture: { ...capture, headers: [[name, value]] }, options: { ...options, scheme } }
}
const base64 = (text: string) => Buffer.from(text).toString('base64')
const cut = (mac: Buffer) => `sha256=${hex(mac).slice(0, 33)}`

/** What signatures look like of which nothing can be proved. */
export const hintedSignatures: Readonly<Record<string, () => Case>> = {
  'sig.header-missing': () => plain({ header: 'X-Nothing', write: () => 'none' }),
  'sig.truncated': () => plain({ write: cut }),
  'sig.not-in-alphabet': () => plain({ write: () => 'sha256=[withheld]' }),
  'sig.second-of-many': () =>
    listed({
      write: (mac) => `v1,${mac.toString('base64')} v1,${hmac('x', 'y').toString('base64')}`,
      key: 'z',
    }),
  'sig.static-token': () => plain({ write: () => secret }),
  'sig.asymmetric': () => plain({ write: (mac) => `sha256=${hex(Buffer.concat([mac, mac]))}` }),
  'sig.unkeyed-hash': () =>
    plain({ write: () => `sha256=${createHash('sha256').update(body).digest('hex')}` }),
  'token.prefix': () => withHeader(token, 'Authorization', 'Token ada:token-0123456789'),
  'token.elsewhere': () => withHeader(token, 'X-Token', 'Bearer ada:token-0123456789'),
  'basic.malformed': () => withHeader(basic, 'Authorization', 'Basic ada:token-0123456789'),
  'basic.swapped': () => withHeader(basic, 'Authorization', `Basic ${base64('token-0123456789:ada')}`),
  'secret.surrounding-space': () =>
    withHeader(basic, 'Authorization', `Basic ${base64('ada:token')}`, 'ada: token'),
}
