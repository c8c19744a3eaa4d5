import { createHash } from 'node:crypto'
import { megabyte, textOf, textUndo, type Undo } from '../undo.js'

/** The whole body was encoded on its way, or decoded. */
export const encodings: Undo = {
  dimension: 'container',
  maxBytes: 8 * megabyte,
  *undo(body, { maxCost }) {
    const text = textOf(body)?.trim()
    if (text === undefined || text === '') return
    const encoded = /^data:[^,]{0,200};base64,(.*)$/s.exec(text)?.[1] ?? text
    const base64 = encoded.replace(/\s+/g, '')
    if (/^[\w+/-]{8,}={0,2}$/.test(base64))
      yield { bytes: Buffer.from(base64, 'base64'), cause: 'body.base64-encoded', cost: 1 }
    if (/^(0x)?([0-9a-f]{2}){4,}$/i.test(base64))
      yield { bytes: Buffer.from(base64.replace(/^0x/i, ''), 'hex'), cause: 'body.hex-encoded', cost: 1 }
    if (maxCost < 1.3) return
    const original = Buffer.from(body)
    yield { bytes: Buffer.from(original.toString('base64')), cause: 'body.base64-signed', cost: 1.3 }
    yield { bytes: Buffer.from(original.toString('base64url')), cause: 'body.base64-signed', cost: 1.4 }
    yield { bytes: Buffer.from(original.toString('hex')), cause: 'body.hex-signed', cost: 1.4 }
    for (const name of ['md5', 'sha1', 'sha512', 'sha384']) {
      for (const encoding of ['hex', 'base64'] as const) {
        const digest = createHash(name).update(body).digest(encoding)
        yield { bytes: Buffer.from(digest), cause: 'tmpl.body-digest', cost: 1.4 }
      }
    }
    const upper = createHash('sha256').update(body).digest('hex').toUpperCase()
    yield { bytes: Buffer.from(upper), cause: 'tmpl.body-digest', cost: 1.4 }
  },
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

/** The whole text was escaped for a URL or for HTML. */
export const textEscapes = textUndo('container', function* (text) {
  if (/%[0-9a-f]{2}/i.test(text)) {
    const cause = 'body.url-encoded'
    yield* decoded(text, cause, 1)
    if (text.includes('+')) yield* decoded(text.replaceAll('+', ' '), cause, 1.1)
  }
  if (/&(#\w+|[a-z]+);/.test(text)) {
    const unescaped = text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, unescapeEntity)
    yield { text: unescaped, cause: 'body.html-escaped', cost: 1 }
  }
  if (text.includes('&') || /[<>"]/.test(text)) {
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    yield { text: escaped, cause: 'body.html-unescaped', cost: 1.4 }
    yield { text: escaped.replaceAll('"', '&quot;'), cause: 'body.html-unescaped', cost: 1.4 }
    yield {
      text: escaped.replaceAll('"', '&quot;').replaceAll("'", '&#039;'),
      cause: 'body.html-unescaped',
      cost: 1.5,
    }
  }
})

function* decoded(text: string, cause: string, cost: number) {
  try {
    yield { text: decodeURIComponent(text), cause, cost }
  } catch {
    // A lone percent sign: it was none.
  }
}

function unescapeEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
  const code =
    decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : undefined
  if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  return entities[(name ?? '').toLowerCase()] ?? whole
}
