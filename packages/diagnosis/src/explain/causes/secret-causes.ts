import { isPublicPrefix } from '@countersign/testing/sender'
import { type AdviceFacts, defineCauses } from './cause.js'

const another = ({ secretId }: AdviceFacts) =>
  secretId === undefined ? 'a different secret' : `"${secretId}"`

/** The label before the key, quoted only if it is known not to be part of the secret. */
function labelOf({ match }: AdviceFacts): string {
  const label = [match?.match.key.notation?.prefix].flat()[0]
  return label !== undefined && isPublicPrefix(label) ? ` (${JSON.stringify(label)})` : ''
}

/** The setting for a descriptor. Plain text keys have no prefix there. */
function fieldFor({ match }: AdviceFacts): string {
  const { encoding, prefix } = match?.match.key.notation ?? {}
  const label = [prefix].flat()[0]
  if (encoding === undefined || encoding === 'utf8') return ''
  if (label === undefined) return `: secret: { encoding: '${encoding}' } in the descriptor`
  const written = isPublicPrefix(label) ? JSON.stringify(label) : '...'
  return `: secret: { encoding: '${encoding}', prefix: ${written} } in the descriptor`
}

export const secretCauses = defineCauses('secret', {
  'secret.surrounding-space':
    'The secret has leading or trailing white space. Trim it where it is stored; `echo` and dashboards add it.',
  'secret.quoted':
    'The secret includes the quotes around it. Remove them: `docker run --env-file` and many dashboards keep them.',
  'secret.invisible-char': ({ detail }) =>
    `The secret contains invisible characters${detail ? ` (${detail})` : ''}, which web pages and chats can add. Copy it again, or type it.`,
  'secret.url-encoded':
    'The secret is percent-encoded (or its + became a space). Decode it once before you store it.',
  'secret.url-decoded': 'The sender signs with the percent-encoded secret. Store it in that form.',
  'secret.escaped':
    'The secret contains backslash escapes that were never decoded. Store the characters themselves.',
  'secret.html-escaped': 'The secret contains HTML entities such as &amp;. Store the characters themselves.',
  'secret.dollar-doubled':
    'Every $ in the secret is doubled, as Compose files require. Outside Compose files write a single $.',
  'secret.assignment-pasted': 'The variable name was pasted together with the secret. Store only the value.',
  'secret.json-pasted':
    'The variable contains a JSON object, as secret stores return it; the secret is one of its fields. Read that field.',
  'secret.several-in-one':
    'The value contains several secrets. Split it, and pass a list: secret: [first, second].',
  'secret.comment-kept': 'The value includes the comment after the secret. Move the comment to its own line.',
  'secret.inner-space':
    'The secret contains white space, as when a terminal wraps it. Copy it again without line breaks.',
  'secret.pasted-twice': 'The secret was pasted twice in a row. Keep one copy.',
  'secret.base64-encoded': 'The value is the base64 of the secret, as Kubernetes stores it. Decode it once.',
  'secret.base64-encoded-signed': 'The sender signs with the base64 text of this secret. Store that text.',
  'secret.case-changed':
    'The secret has the wrong upper or lower case. Copy it again as the sender shows it.',
  'secret.unicode-normalised':
    'The accents in the secret were composed or decomposed (Unicode normalization). Copy it again, or choose a secret in ASCII.',
  'secret.wrong-charset':
    'The secret has non-ASCII characters that sender and receiver encode as different bytes. Choose a secret in ASCII.',
  'secret.extra-char': 'The secret has one extra character at its beginning or end. Copy it again.',
  'secret.line-end-signed':
    "The sender's secret has trailing white space, as `echo secret > file` adds. Store it again at the sender with `printf %s`.",
  'secret.quotes-signed':
    "The sender's secret has quotes around it. Remove them in the sender's configuration.",
  'secret.prefix-kept': (facts) =>
    `The secret has a prefix${labelOf(facts)} that is not part of the key. Store the secret without it${fieldFor(facts).replace(':', ', or set')}.`,
  'secret.prefix-taken-off':
    'The sender signs with the whole secret, including its prefix. Store it exactly as shown, with whsec_.',
  'secret.hex-not-decoded': (facts) =>
    `The sender decodes the secret from hex. Do the same${fieldFor(facts)}, or pass Buffer.from(key, 'hex').`,
  'secret.hex-decoded-wrongly':
    "The sender signs with the text of the secret and does not decode the hex. Set secret: { encoding: 'utf8' } in the descriptor.",
  'secret.base64-not-decoded': (facts) =>
    `The sender decodes the secret from base64. Do the same${fieldFor(facts)}, or pass Buffer.from(key, 'base64').`,
  'secret.base64-decoded-wrongly':
    "The sender signs with the text of the secret and does not decode the base64, as Stripe does. Use that sender's scheme, or set secret: { encoding: 'utf8' } in the descriptor.",
  'secret.hashed':
    "The sender signs with a hash of the secret. Hash it once and store the hash, in the format of the sender's documentation.",
  'secret.user-name-included':
    'The sender signs with the password only. Pass the password as the secret, without the user name.',
  'secret.other-endpoint': (facts) =>
    `The delivery is signed with ${another(facts)}, not with the configured secret. Each endpoint, mode and app has its own secret: use the one for the endpoint that received this delivery.`,
  'secret.rotated': (facts) =>
    `The delivery is signed with ${another(facts)}: the secret was rotated. Pass both during the rotation: secret: [current, previous].`,
  'secret.refused':
    'The signature is correct with this secret, but verify() refuses the secret because it looks like a paste error. If it is intended, pass its bytes: Buffer.from(secret).',
  'secret.empty':
    'The secret is empty. Check that the variable is set where the receiver runs. Never verify with an empty key: anyone can sign with it.',
  'secret.placeholder':
    'The secret is a placeholder, or the text of an unset variable. Replace it with the real secret.',
  'secret.guessable':
    'The signature matches a key that anyone can guess. Give the sender a random secret of 32 bytes.',
  'secret.env-interpolated': ({ detail }) =>
    `The secret looks truncated${detail ? ` (${detail})` : ''}: an unquoted $ or # in .env or Compose files ends or replaces the rest. Use single quotes there, write $$ in Compose, and compare its length with the sender's.`,
  'secret.wrong-form': ({ detail }) =>
    `The secret is not in the format the scheme expects${detail ? `: ${detail}` : ''}. Copy the whole secret again.`,
  'secret.wrong': ({ detail }) =>
    `The body is complete (${detail ?? 'as announced'}), so a parser probably did not change it, and no interpretation of this secret gives the signature. The delivery was most likely signed with a different secret. Each endpoint, app and mode has its own: copy the secret for this endpoint again. A forged request looks the same.`,
  'secret.cli-vs-dashboard':
    "The delivery was sent to localhost. `stripe listen` and other forwarders print their own secret, which differs from the dashboard's; try that secret too.",
  'secret.live-vs-test':
    'The body names its mode. Test mode and live mode have different secrets; try the secret of the other mode too.',
  'secret.stale-deploy':
    'If the secret was changed recently, a running process keeps the old one until the next deployment. Print the first 8 hex digits of its SHA-256 at startup and compare them with those of the secret at the sender.',
  'unknown.secret-or-body': ({ detail }) =>
    `No combination that was tried gives this signature. Without the sender's bytes, a wrong secret and an unknown change of the body look the same: send a test event, copy the secret again, and compare the fingerprint of the body at the sender with this one${detail ? ` (${detail})` : ''}.`,
})
