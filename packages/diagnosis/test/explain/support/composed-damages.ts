import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, deflateSync } from 'node:zlib'
import type { SchemeDescriptor } from '@countersign/core'

/** What a sender signed, and what came of it. Written without any code that explains. */
export interface BodyDamage {
  readonly name: string
  readonly signed: Buffer
  readonly received: Buffer
}

const value = {
  id: 'evt_1Kx',
  type: 'invoice.paid',
  zeta: 1,
  data: {
    name: 'Zoë – café ☕',
    url: 'https://ex.com/a?b=1&c=2',
    note: '<b>hi</b>',
    amount: 1999,
    items: [1, 2],
  },
  alpha: true,
}
export const compact = Buffer.from(JSON.stringify(value))
const indented = Buffer.from(JSON.stringify(value, null, 2))
const text = compact.toString()

const byNode: readonly BodyDamage[] = [
  { name: 'indented', signed: indented, received: compact },
  { name: 'indented and ended', signed: Buffer.from(`${indented}\n`), received: compact },
  { name: 'now indented', signed: compact, received: indented },
  { name: 'line end added', signed: compact, received: Buffer.from(`${text}\n`) },
  { name: 'line end lost', signed: Buffer.from(`${text}\n`), received: compact },
  { name: 'CRLF', signed: indented, received: Buffer.from(indented.toString().replaceAll('\n', '\r\n')) },
  { name: 'BOM lost', signed: Buffer.from(`\ufeff${text}`), received: compact },
  { name: 'brotli', signed: compact, received: brotliCompressSync(compact) },
  { name: 'deflate', signed: compact, received: deflateSync(compact) },
  { name: 'base64', signed: compact, received: Buffer.from(compact.toString('base64')) },
  { name: 'Buffer as JSON', signed: indented, received: Buffer.from(JSON.stringify(indented)) },
  { name: 'encoded twice', signed: compact, received: Buffer.from(JSON.stringify(text)) },
  {
    name: 'Lambda event',
    signed: indented,
    received: Buffer.from(JSON.stringify({ isBase64Encoded: true, body: indented.toString('base64') })),
  },
  {
    name: 'SNS',
    signed: compact,
    received: Buffer.from(JSON.stringify({ Type: 'Notification', Message: text })),
  },
  { name: 'an event within', signed: compact, received: Buffer.from(`{"source":"x","detail":${text}}`) },
  { name: 'form', signed: Buffer.from(new URLSearchParams({ payload: text }).toString()), received: compact },
  {
    name: 'chunks',
    signed: compact,
    received: Buffer.from(`${compact.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`),
  },
  {
    name: 'curl -d @file',
    signed: Buffer.from(`${indented}\n`),
    received: Buffer.from(indented.toString().replaceAll('\n', '')),
  },
]

/** What Python writes; none where it is not installed. */
function byPython(): readonly BodyDamage[] {
  const program = fileURLToPath(new URL('write_bodies.py', import.meta.url))
  const { status, stdout } = spawnSync('python3', [program], { input: text, encoding: 'utf8' })
  if (status !== 0) return []
  const written: { compact: string; signed: Record<string, string>; received: Record<string, string> } =
    JSON.parse(stdout)
  const bytes = (base64: string) => Buffer.from(base64, 'base64')
  return [
    ...Object.entries(written.signed).map(([name, signed]) => ({
      name: `Python: ${name}`,
      signed: bytes(signed),
      received: compact,
    })),
    ...Object.entries(written.received).map(([name, received]) => ({
      name: `Python: ${name}`,
      signed: bytes(written.compact),
      received: bytes(received),
    })),
  ]
}

export const bodyDamages: readonly BodyDamage[] = [...byNode, ...byPython()]

/** What is configured where the sender has this secret. */
export const secretDamages: Readonly<Record<string, (secret: string) => string>> = {
  blanks: (secret) => ` ${secret}\n`,
  quotes: (secret) => `"${secret}"`,
  'zero-width space': (secret) => `${secret.slice(0, 5)}\u200b${secret.slice(5)}`,
  variable: (secret) => `WEBHOOK_SECRET=${secret}`,
  'backslash n': (secret) => `${secret}\\n`,
  'JSON object': (secret) => JSON.stringify({ secret }),
  'base64 of it': (secret) => Buffer.from(secret).toString('base64'),
  'pasted twice': (secret) => secret + secret,
}

type Headers = readonly (readonly [string, string])[]

/** What a proxy or a framework makes of the signature's header. */
export const headerDamages: Readonly<
  Record<string, (headers: Headers, scheme: SchemeDescriptor) => Headers>
> = {
  renamed: (headers, scheme) => mapSignature(headers, scheme, (_, value) => ['X-Other-Name', value]),
  'as PHP names it': (headers) =>
    headers.map(([name, value]) => [`HTTP_${name.toUpperCase().replaceAll('-', '_')}`, value]),
  quoted: (headers, scheme) => mapSignature(headers, scheme, (name, value) => [name, `"${value}"`]),
  'hex for base64': (headers, scheme) =>
    mapSignature(headers, scheme, (name, value) => {
      const from = 'encoding' in scheme.signature ? scheme.signature.encoding : 'hex'
      const to = from === 'hex' ? 'base64' : 'hex'
      return [name, value.replace(/[\w+/-]{27,}={0,2}/, (mac) => Buffer.from(mac, from).toString(to))]
    }),
}

function mapSignature(
  headers: Headers,
  { signature }: SchemeDescriptor,
  write: (name: string, value: string) => readonly [string, string],
): Headers {
  const wanted = 'header' in signature ? signature.header?.toLowerCase() : undefined
  return headers.map(([name, value]) => (name.toLowerCase() === wanted ? write(name, value) : [name, value]))
}
