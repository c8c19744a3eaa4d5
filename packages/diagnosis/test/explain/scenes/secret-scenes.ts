import { createHash } from 'node:crypto'
import { github } from '@countersign/core/schemes'
import { body, type Case, hmac, listed, paired, plain, secret, standardSecret } from '../support/signed.js'

const hexSecret = '19b25856e1c150ca834cffc8b59b23adbd0ec0389e58eb22b3b64768098d002b'
const hexScheme = { ...github(), secret: { encoding: 'hex' } as const }
const prefixed = 'whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH'
const given = (value: string, key: string | Uint8Array = secret) => plain({ secret: value, key })

/** What happens to secrets, each as it comes about, and the cause that names it. */
export const provedSecrets: Readonly<Record<string, () => Case>> = {
  'secret.surrounding-space': () => given(`\t${secret} \r\n`),
  'secret.quoted': () => given(`“${secret}”`),
  'secret.invisible-char': () => given(`It's a\u00a0Secret to Everybody\u200d`, "It's aSecret to Everybody"),
  'secret.url-encoded': () => given('a+b%2Fc%3D%3Dd-0123456', 'a b/c==d-0123456'),
  'secret.url-decoded': () => given('a b/c==d-0123456', 'a%20b%2Fc%3D%3Dd-0123456'),
  'secret.escaped': () => given('a\\u00e9\\"b-0123456789', 'aé"b-0123456789'),
  'secret.html-escaped': () => given('a&amp;b&lt;c-0123456789', 'a&b<c-0123456789'),
  'secret.dollar-doubled': () => given('pa$$word-0123456789', 'pa$word-0123456789'),
  'secret.assignment-pasted': () => given(`export GITHUB_SECRET=${secret}`),
  'secret.json-pasted': () => given(JSON.stringify({ user: 'ada', secret })),
  'secret.several-in-one': () => given('first-0123456789,second-0123456789', 'second-0123456789'),
  'secret.comment-kept': () => given('secret-0123456789  # of the shop', 'secret-0123456789'),
  'secret.inner-space': () => given('secret-0123\n456789', 'secret-0123456789'),
  'secret.pasted-twice': () => given('secret-0123456789secret-0123456789', 'secret-0123456789'),
  'secret.base64-encoded': () =>
    listed({ secret: `whsec_${Buffer.from(standardSecret).toString('base64')}`.slice(6) }),
  'secret.base64-encoded-signed': () => given(secret, Buffer.from(secret).toString('base64')),
  'secret.case-changed': () => given('SECRET-0123456789', 'secret-0123456789'),
  'secret.unicode-normalised': () =>
    given('Zoë-0123456789'.normalize('NFD'), 'Zoë-0123456789'.normalize('NFC')),
  'secret.wrong-charset': () => given('Zoë-0123456789', Buffer.from('Zoë-0123456789', 'latin1')),
  'secret.extra-char': () => given(`${secret}.`),
  'secret.line-end-signed': () => given(secret, `${secret}\n`),
  'secret.quotes-signed': () => given('secret-0123456789', '"secret-0123456789"'),
  'secret.prefix-kept': () => paired({ secret: prefixed, key: prefixed.slice(6) }),
  'secret.prefix-taken-off': () => paired({ secret: prefixed.slice(6), key: prefixed }),
  'secret.hex-not-decoded': () => given(hexSecret, Buffer.from(hexSecret, 'hex')),
  'secret.hex-decoded-wrongly': () =>
    plain({ secret: hexSecret, key: hexSecret, options: { scheme: hexScheme } }),
  'secret.base64-not-decoded': () =>
    paired({ secret: prefixed, key: Buffer.from(prefixed.slice(6), 'base64') }),
  'secret.base64-decoded-wrongly': () => listed({ key: standardSecret }),
  'secret.hashed': () => given(secret, createHash('sha256').update(secret).digest('hex')),
  'secret.user-name-included': () => plain({ secret: { username: 'ada', password: secret }, key: secret }),
  'secret.other-endpoint': () => plain({ secret: 'another-0123456789', others: [secret], key: secret }),
  'secret.rotated': () =>
    listed({ secret: 'whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcY', others: [standardSecret] }),
  'secret.refused': () => given(` ${secret}`, ` ${secret}`),
  'secret.wrong-form': () => plain({ secret: `0x${hexSecret}`, key: hexSecret }),
}

const wrong = (value: string) => plain({ secret: value, key: 'what the sender has instead' })

/** What secrets look like that cannot be mended. */
export const hintedSecrets: Readonly<Record<string, () => Case>> = {
  'secret.empty': () => wrong(''),
  'secret.placeholder': () => wrong('your-webhook-secret'),
  'secret.guessable': () => plain({ secret: 'changeme', key: 'changeme' }),
  'secret.env-interpolated': () => wrong('whsec_5WbX$'),
  'secret.wrong-form': () => listed({ secret: 'not at all base64!', key: 'x' }),
  'secret.wrong': () => plain({ key: 'x', headers: [['Content-Length', String(Buffer.byteLength(body))]] }),
  'secret.cli-vs-dashboard': () => paired({ key: 'x', url: 'http://localhost:3000/hooks' }),
  'secret.live-vs-test': () => paired({ key: 'x', signed: '{"id":"evt_1","livemode":false}' }),
  'secret.stale-deploy': () => wrong('what the receiver has'),
  'unknown.secret-or-body': () => wrong('what the receiver has'),
  'sig.args-swapped': () => plain({ secret: `sha256=${hmac('x', 'other body').toString('hex')}`, key: 'x' }),
}
