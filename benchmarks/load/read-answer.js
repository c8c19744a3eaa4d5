const headEnd = Buffer.from('\r\n\r\n')

/** @typedef {{ readonly status: number, readonly isLast: boolean }} Answer `isLast`: the server closes the connection */

/**
 * Reads one answer, as far as a benchmark needs it.
 *
 * @param {Buffer} bytes everything that has arrived since the request was sent
 * @returns {Answer | undefined} undefined if it is incomplete
 */
export function readAnswer(bytes) {
  const end = bytes.indexOf(headEnd)
  if (end < 0) return undefined
  const status = Number(bytes.toString('latin1', 9, 12))
  const bodyBytes = bytes.length - end - headEnd.length
  // A 204 is only a head. It is most of the answers, so its other fields are not read.
  if (status === 204 && bodyBytes === 0) return { status, isLast: false }
  const head = bytes.toString('latin1', 0, end).toLowerCase()
  const [, length] = /\r\ncontent-length: (\d+)/.exec(head) ?? []
  if (length === undefined) throw new Error(`The server answered without a length: ${head}`)
  if (bodyBytes < Number(length)) return undefined
  return { status, isLast: head.includes('\r\nconnection: close') }
}
