/**
 * A load of senders that never end their bodies: how many bytes each connection sends, and in which chunks.
 *
 * @typedef {object} Load
 * @property {string} name
 * @property {number} connections
 * @property {number} bytes of the body, over each connection
 * @property {number | undefined} chunkBytes undefined: a body with a Content-Length whose last byte is never sent
 */

/**
 * @param {import('./family.js').SlowPlan} plan
 * @returns {readonly Load[]}
 */
export function loadsOf({ bytes, connections }) {
  return [
    { name: 'one-byte chunks', connections: 1, bytes, chunkBytes: 1 },
    { name: '1 kB chunks', connections: 1, bytes, chunkBytes: 1024 },
    { name: 'no chunks', connections: 1, bytes, chunkBytes: undefined },
    { name: 'many slow connections', connections, bytes: Math.ceil(bytes / connections), chunkBytes: 1 },
  ]
}

/**
 * The request of one connection, up to the byte where it stalls. Its signature header is well-formed, so that the body is read.
 *
 * @param {Load} load
 */
export function writeBegun({ bytes, chunkBytes }) {
  const head = [
    'POST / HTTP/1.1',
    'host: benchmark',
    'content-type: application/json',
    `x-visibuild-signature: sha256=${'0'.repeat(64)}`,
    `x-visibuild-timestamp: ${Math.floor(Date.now() / 1000)}`,
    'x-visibuild-delivery: delivery',
    'x-visibuild-event: ticket.created',
  ]
  const write = (/** @type {string} */ line, /** @type {string} */ body) =>
    Buffer.from(`${[...head, line].join('\r\n')}\r\n\r\n${body}`)
  if (chunkBytes === undefined) return write(`content-length: ${bytes + 1}`, 'x'.repeat(bytes))
  const chunk = `${chunkBytes.toString(16)}\r\n${'x'.repeat(chunkBytes)}\r\n`
  return write('transfer-encoding: chunked', chunk.repeat(Math.floor(bytes / chunkBytes)))
}
