import { createHmac, randomBytes } from 'node:crypto'
import { buildBody } from '../build-body.js'

/**
 * `accepted` is signed and has a new id. The others are forged: `unsigned` has no signature, `malformed` has one that is no
 * hexadecimal, `oversized` announces more bytes than a receiver takes and sends fewer, `wrong` is signed with another secret.
 *
 * @typedef {'accepted' | 'unsigned' | 'malformed' | 'oversized' | 'wrong'} Kind
 */

/** @typedef {{ readonly kind: Kind, readonly count: number, readonly bytes: number, readonly path: string, readonly secret: string }} Wanted */

/** More than any scheme allows. */
const announcedBytes = 1024 ** 3
/** Two generators that load the same server must not send the same id: it would be a duplicate. */
const generator = randomBytes(4).toString('hex')
let made = 0

/**
 * Makes complete requests, as bytes for a socket. They differ by the ids in their bodies, which never repeat.
 *
 * @param {Wanted} wanted
 * @returns {Buffer[]}
 */
export function makeRequests({ kind, count, bytes, path, secret }) {
  const time = String(Math.floor(Date.now() / 1000))
  const placeholder = newId(0)
  const template = buildBody(bytes, placeholder)
  const idAt = template.indexOf(placeholder)
  const key = kind === 'wrong' ? `another ${secret}` : secret
  return Array.from({ length: count }, () => {
    const id = newId(++made)
    template.write(id, idAt)
    const mac = createHmac('sha256', key).update(`${time}.`).update(template).digest('hex')
    const head = writeHead(path, {
      host: '127.0.0.1',
      connection: 'keep-alive',
      'user-agent': 'Sender/1.0 (+https://sender.example.com)',
      accept: '*/*',
      'accept-encoding': 'gzip, deflate',
      'content-type': 'application/json',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
      ...(kind === 'unsigned'
        ? {}
        : { 'x-visibuild-signature': kind === 'malformed' ? 'sha256=?' : `sha256=${mac}` }),
      'x-visibuild-timestamp': time,
      'x-visibuild-event': 'ticket.created',
      'x-visibuild-delivery': id,
      'content-length': kind === 'oversized' ? announcedBytes : bytes,
    })
    return Buffer.concat([head, template])
  })
}

/** @param {number} number */
function newId(number) {
  return `${generator}-${String(number).padStart(9, '0')}`
}

/** The status that each kind must be answered with. */
export const expectedStatuses = { accepted: 204, unsigned: 401, malformed: 401, oversized: 413, wrong: 401 }

/**
 * @param {string} path
 * @param {Readonly<Record<string, string | number>>} fields
 */
function writeHead(path, fields) {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1')
}
