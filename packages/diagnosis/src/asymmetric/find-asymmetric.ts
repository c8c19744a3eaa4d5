import type { Capture } from '../captures/capture.js'
import { asymmetricSenders } from './asymmetric-senders.js'
import type { AsymmetricSignature } from './asymmetric-signature.js'
import { asymmetricJws } from './read-jws.js'
import { asymmetricMessageSignature } from './read-message-signature.js'

type Headers = Capture['headers']
type Found = AsymmetricSignature | undefined

const maxValueLength = 16_384
const maxBodyLength = 512 * 1024

/** The signature with a private key that a request carries, the surest first; undefined where it shows none. */
export function findAsymmetric({ headers, body }: Pick<Capture, 'headers' | 'body'>): Found {
  const short = headers.filter(([, value]) => value.length <= maxValueLength)
  const found = [...ofSenders(short), ...ofBody(body), ...ofStandards(short), ...ofShapes(short)]
  return found.find(({ isCertain }) => isCertain) ?? found[0]
}

function ofSenders(headers: Headers): readonly AsymmetricSignature[] {
  return asymmetricSenders.flatMap(({ headers: names, ...known }) =>
    headers
      .filter(([name]) => names.includes(name.toLowerCase()))
      .map(([name]) => ({ ...known, ...placeOf(name), isCertain: true })),
  )
}

/** Amazon SNS has its signature in the body; and a whole body may be a token. */
function ofBody(body: Uint8Array): readonly AsymmetricSignature[] {
  if (body.length > maxBodyLength) return []
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1')
  const field = /"(SigningCert(?:URL|Url))"\s*:\s*"https:/.exec(text)?.[1]
  if (field !== undefined && /"Signature"\s*:/.test(text))
    return [{ place: `"${field}" in the body`, kind: 'RSA', sender: 'AWS SNS', isCertain: true }]
  const algorithm = asymmetricJws(text)
  if (algorithm === undefined) return []
  return [{ place: 'The body', kind: `${algorithm}, a JSON Web Token`, isCertain: true }]
}

function ofStandards(headers: Headers): readonly AsymmetricSignature[] {
  const signature = headers.find(([name]) => name.toLowerCase() === 'signature')?.[1] ?? ''
  return headers.flatMap(([name, value]): AsymmetricSignature[] => {
    const place = placeOf(name)
    if (/-signature$/i.test(name) && isOnlyV1a(value))
      return [{ ...place, kind: 'Ed25519, "v1a" of Standard Webhooks', isCertain: true }]
    const algorithm = asymmetricJws(value)
    // Gateways add tokens of their own: Cloudflare Access, Google's IAP, Amazon's load balancers.
    if (algorithm !== undefined)
      return [
        { ...place, kind: `${algorithm}, a JSON Web Signature`, isCertain: /sig|jws|verif/i.test(name) },
      ]
    // Crawlers and agents say with it who they are.
    const kind =
      name.toLowerCase() === 'signature-input' ? asymmetricMessageSignature(value, signature) : undefined
    return kind === undefined
      ? []
      : [{ ...place, kind: `${kind}, an HTTP Message Signature`, isCertain: false }]
  })
}

/** A sender that moves from one to the other sends both; the symmetric one is then looked for. */
function isOnlyV1a(value: string): boolean {
  const members = value.split(' ').filter((member) => member !== '')
  return members.length > 0 && members.every((member) => member.startsWith('v1a,'))
}

/** By a header's name, or by the length of what a header that is called a signature holds. */
function ofShapes(headers: Headers): readonly AsymmetricSignature[] {
  return headers.flatMap(([name, value]) => {
    const kind = kindByShape(name, value)
    return kind === undefined ? [] : [{ ...placeOf(name), kind, isCertain: false }]
  })
}

function kindByShape(name: string, value: string): string | undefined {
  if (/ed25519/i.test(name)) return 'Ed25519'
  if (!/sig|ecdsa|rsa/i.test(name)) return undefined
  const bytes = Buffer.from(/[\w+/-]{80,}={0,2}$/.exec(value)?.[0] ?? '', 'base64')
  if (isDer(bytes)) return 'ECDSA'
  return [256, 384, 512].includes(bytes.length) ? 'RSA' : undefined
}

/** A sequence of two integers whose lengths add up, as ECDSA over P-256 to P-521 is written. */
function isDer(bytes: Uint8Array): boolean {
  const start = bytes[1] === 0x81 ? 3 : 2
  if (bytes[0] !== 0x30 || bytes[start - 1] !== bytes.length - start || bytes[start] !== 0x02) return false
  const second = start + 2 + (bytes[start + 1] ?? 0)
  return bytes[second] === 0x02 && second + 2 + (bytes[second + 1] ?? 0) === bytes.length
}

function placeOf(header: string): Pick<AsymmetricSignature, 'header' | 'place'> {
  return { header, place: JSON.stringify(header) }
}
