import { isPublicPrefix } from '@countersign/testing/sender'
import { type AdviceFacts, causesOf } from './cause.js'

const another = ({ secretId }: AdviceFacts) => (secretId === undefined ? 'another secret' : `"${secretId}"`)

/** The label, where it is known to be no piece of the secret. */
function labelOf({ match }: AdviceFacts): string {
  const label = [match?.match.key.notation?.prefix].flat()[0]
  return label !== undefined && isPublicPrefix(label) ? ` (${JSON.stringify(label)})` : ''
}

/** How a descriptor says it; text that is the key as it stands has no prefix there. */
function fieldFor({ match }: AdviceFacts): string {
  const { encoding, prefix } = match?.match.key.notation ?? {}
  const label = [prefix].flat()[0]
  if (encoding === undefined || encoding === 'utf8') return ''
  if (label === undefined) return `: secret: { encoding: '${encoding}' } in the descriptor`
  const written = isPublicPrefix(label) ? JSON.stringify(label) : '...'
  return `: secret: { encoding: '${encoding}', prefix: ${written} } in the descriptor`
}

export const secretCauses = causesOf('secret', {
  'secret.surrounding-space':
    'The secret has white space around it. Trim it where it is stored; `echo` and dashboards add it.',
  'secret.quoted':
    'The quotes are part of the secret. Take them off: `docker run --env-file` and many dashboards keep them.',
  'secret.invisible-char': ({ detail }) =>
    `The secret holds characters that are not seen${detail ? ` (${detail})` : ''}, as web pages and chats add them. Copy it again, or type it.`,
  'secret.url-encoded':
    'The secret was escaped for a URL (or its + became a blank). Decode it once before it is stored.',
  'secret.url-decoded':
    'The sender signs with the secret as it stands in a URL, escaped. Store it in that form.',
  'secret.escaped':
    'The secret holds escapes with a backslash that were never undone. Store the characters themselves.',
  'secret.html-escaped':
    'The secret was copied with HTML entities such as &amp;. Store the characters themselves.',
  'secret.dollar-doubled':
    'Every $ of the secret is doubled, as Compose files want it. Outside of them, write it once.',
  'secret.assignment-pasted':
    'More than the value was pasted: the name before it is part of the secret. Keep the value alone.',
  'secret.json-pasted':
    'The variable holds a JSON object with the secret in one of its fields, as secret stores keep it. Read that field.',
  'secret.several-in-one':
    'Several secrets stand in one value. Split it, and pass them as a list: secret: [first, second].',
  'secret.comment-kept': 'A comment behind the secret is part of its value. Put it on a line of its own.',
  'secret.inner-space':
    'The secret is broken by white space, as a terminal wraps it. Copy it again without line breaks.',
  'secret.pasted-twice': 'The secret stands there twice in a row. Keep one of them.',
  'secret.base64-encoded': 'The value is the base64 of the secret, as Kubernetes stores it. Decode it once.',
  'secret.base64-encoded-signed': 'The sender signs with the base64 text of this secret. Store that text.',
  'secret.case-changed': 'The case of the secret was changed. Copy it again as the sender shows it.',
  'secret.unicode-normalised':
    'The secret has accents that were composed or decomposed. Copy it again, or choose one of ASCII.',
  'secret.wrong-charset':
    'The secret has characters beyond ASCII that sender and receiver write as different bytes. Choose one of ASCII.',
  'secret.extra-char':
    'One character too many was copied with the secret, at its beginning or end. Copy it again.',
  'secret.line-end-signed':
    'The sender signs with white space behind its secret, as `echo secret > file` leaves it. Store it again there with `printf %s`.',
  'secret.quotes-signed':
    "The sender signs with quotes around its secret. Take them off in the sender's configuration.",
  'secret.prefix-kept': (facts) =>
    `The secret has a label before the key${labelOf(facts)} that the sender does not sign with. Store the secret without it${fieldFor(facts).replace(':', ', or read it so:')}.`,
  'secret.prefix-taken-off':
    'The sender signs with the whole secret, prefix included. Store it as it is shown, whsec_ and all.',
  'secret.hex-not-decoded': (facts) =>
    `The sender decodes the secret from hex. Do the same${fieldFor(facts)}, or pass Buffer.from(key, 'hex').`,
  'secret.hex-decoded-wrongly':
    "The sender signs with the secret's text and does not decode the hex: secret: { encoding: 'utf8' } in the descriptor.",
  'secret.base64-not-decoded': (facts) =>
    `The sender decodes the secret from base64. Do the same${fieldFor(facts)}, or pass Buffer.from(key, 'base64').`,
  'secret.base64-decoded-wrongly':
    "The sender signs with the secret's text and does not decode the base64, as Stripe does. Use that sender's scheme, or secret: { encoding: 'utf8' } in the descriptor.",
  'secret.hashed':
    "The sender signs with a hash of the secret. Hash it once and store that, in the form the sender's documentation names.",
  'secret.user-name-included':
    'The sender signs with the password alone. Give that as the secret, without the user name.',
  'secret.other-endpoint': (facts) =>
    `The delivery is signed with ${another(facts)}, not with the secret in use. Each endpoint, mode and app has its own: use the one of the endpoint that received this.`,
  'secret.rotated': (facts) =>
    `The delivery is signed with ${another(facts)}: the secret was rotated. Pass both while the sender changes over: secret: [current, previous].`,
  'secret.refused':
    'The signature is right with the secret as it is, but verify() refuses such a secret: it looks like one that was pasted wrongly. If it is meant, pass its bytes: Buffer.from(secret).',
  'secret.empty':
    'The secret is empty. Is the variable set where the receiver runs? Nothing must be verified with an empty key, which anyone has.',
  'secret.placeholder':
    'The secret is a placeholder, or the word that an unset variable turns into. Put the real one in its place.',
  'secret.guessable':
    'The signature matches with a key that anyone would guess. Give the sender a random secret of 32 bytes.',
  'secret.env-interpolated': ({ detail }) =>
    `The secret looks cut off${detail ? ` (${detail})` : ''}: an unquoted $ or # in .env or Compose files ends or replaces the rest. Put it in single quotes there, write $$ in Compose, and compare its length with the sender's.`,
  'secret.wrong-form': ({ detail }) =>
    `The secret is not in the form the scheme wants${detail ? `: ${detail}` : ''}. Copy it again, whole.`,
  'secret.wrong': ({ detail }) =>
    `The body came whole (${detail ?? 'as it was announced'}), so a parser has hardly changed it, and no reading of this secret that was tried gives the signature: most likely another secret has signed. Each endpoint, app and mode has its own: copy it again from where the sender shows it for this endpoint. A forged request looks the same.`,
  'secret.cli-vs-dashboard':
    "The delivery came to this computer. `stripe listen` and other forwarders print a secret of their own, which is not the dashboard's; try that one too.",
  'secret.live-vs-test':
    'The body says which mode it is of. Test mode and live mode have different secrets; try the other one too.',
  'secret.stale-deploy':
    "Was the secret changed lately? A running process keeps the old one until it is deployed again. Print the first 8 hex digits of its SHA-256 at the start and compare them with those of the sender's.",
  'unknown.secret-or-body': ({ detail }) =>
    `Nothing that was tried gives this signature. A wrong secret and an unknown change of the body cannot be told apart without the sender's bytes: send a test event, copy the secret again, and compare the body's fingerprint at the sender with this one${detail ? ` (${detail})` : ''}.`,
})
