import { megabyte, type Undo } from './undo.js'

/** Line ends as editors, tools and version control rewrite them. Bytes are read as characters: no text is needed. */
export const lineEnds: Undo = {
  dimension: 'line-ends',
  maxBytes: 64 * megabyte,
  *undo(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const hasFeed = buffer.includes('\n')
    const hasReturn = buffer.includes('\r')
    if (!hasFeed && !hasReturn) return
    const text = buffer.toString('latin1')
    const rewrite = (pattern: RegExp, end: string, cause: string, cost: number) => ({
      bytes: Buffer.from(text.replace(pattern, end), 'latin1'),
      cause,
      cost,
    })
    const hasBoth = hasReturn && text.includes('\r\n')
    if (hasBoth) yield rewrite(/\r\n/g, '\n', 'body.lf-to-crlf', 1)
    if (/(?<!\r)\n/.test(text)) yield rewrite(/(?<!\r)\n/g, '\r\n', 'body.crlf-to-lf', 1)
    if (/\r(?!\n)/.test(text)) yield rewrite(/\r(?!\n)/g, '\n', 'body.line-ends-replaced', 1.1)
    if (hasFeed && !hasReturn) yield rewrite(/\n/g, '\r', 'body.line-ends-replaced', 1.3)
    if (text.includes('\r\r\n')) yield rewrite(/\r\r\n/g, '\r\n', 'body.line-ends-replaced', 1)
    if (/\n./s.test(text)) yield rewrite(/\r?\n/g, '', 'body.line-breaks-added', 1.2)
    if (/[ \t]\r?\n/.test(text)) yield rewrite(/[ \t]+(?=\r?\n)/g, '', 'body.line-ends-padded', 1.3)
  },
}
