import { isGzip } from '../../captures/inflate-capture.js'
import { contextOf, textOf } from '../../recompute/body-variants/undo.js'
import type { Clue, Scene } from './clue.js'
import { signsOfIntactBody } from './intact-body.js'

const largestText = 4 * 1024 * 1024
const replacement = Buffer.from([0xef, 0xbf, 0xbd])

/** What a body looks like when it is not the one that was sent. */
export function inspectBody(scene: Scene): readonly Clue[] {
  const clues = cluesOf(scene)
  if (signsOfIntactBody(scene) === undefined) return clues
  // All of these make a body longer or shorter than it was announced.
  return clues.filter(({ cause }) => !cause.startsWith('rt.') && !changeLength.has(cause))
}

const changeLength: ReadonlySet<string> = new Set(['body.made-ascii', 'body.invalid-utf8-replaced'])

function cluesOf({ capture, options: { framework } }: Scene): readonly Clue[] {
  const { body, notes } = capture
  const { contentLength, contentType, contentEncoding } = contextOf(capture, undefined)
  const clues: Clue[] = []
  const isAnnounced = (contentLength ?? 0) > 0 || hasHeader(capture.headers, 'transfer-encoding')
  if (body.length === 0) {
    const detail = contentLength ? `Content-Length says ${contentLength}` : undefined
    return [{ cause: 'body.empty', rank: isAnnounced || contentType !== '' ? 2 : 5, detail }]
  }
  if (notes.includes('parsed-body')) clues.push({ cause: 'body.parsed-object', rank: 2 })
  const lost = asciiClue(body, contentType, contentLength)
  if (lost) clues.push(lost)
  if (contentLength !== undefined && contentLength > body.length && (lost?.rank ?? 9) > 2)
    clues.push({ cause: 'body.truncated', rank: 2, detail: `${body.length} of ${contentLength} bytes` })
  else if (notes.includes('cut-off')) clues.push({ cause: 'body.truncated', rank: 2 })
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.length)
  const at = buffer.indexOf(replacement)
  if (at >= 0) clues.push({ cause: 'body.invalid-utf8-replaced', rank: 2.5, detail: `at byte ${at}` })
  const text = body.length > largestText ? undefined : textOf(body)
  if (text === undefined) {
    const compressed = compressionClue(body, contentEncoding)
    if (compressed) return [...clues, compressed]
    const isText = /json|text|xml|form/.test(contentType) && body.length <= largestText
    if (isText || buffer.includes(0)) clues.push({ cause: 'body.binary', rank: contentEncoding ? 3 : 4 })
    return clues
  }
  if (/^\[object \w+\]$/.test(text.trim())) clues.push({ cause: 'body.object-as-text', rank: 1 })
  if (text.includes('\0')) clues.push({ cause: 'body.binary', rank: 4 })
  clues.push(...inspectJson(text, framework))
  return clues
}

/** Zstandard has a mark (RFC 8878); Brotli and deflate have but the header. */
function compressionClue(body: Uint8Array, contentEncoding: string): Clue | undefined {
  if (isGzip(body)) return { cause: 'body.gzip', rank: 2.2 }
  const isZstandard = Buffer.from(body.subarray(0, 4)).toString('hex') === '28b52ffd'
  const name = isZstandard ? 'zstd' : /\b(br|deflate|zstd|compress)\b/.exec(contentEncoding)?.[0]
  return name === undefined ? undefined : { cause: 'body.compressed', rank: 2.2, detail: name }
}

/** A question mark within a word, or two in a row; a URL's is followed by a name. */
const replaced = /[A-Za-z]\?(?![\w.-]*=)(?: ?[a-z]|[A-Z])|\?\?/
const escaped = /&#x?[0-9a-f]{2,6};|%[c-e][0-9a-f]%[89ab][0-9a-f]|\\x[89a-f][0-9a-f]|=C3=[89AB]/i

/** What is left of a text that was made ASCII. */
function asciiClue(body: Uint8Array, contentType: string, contentLength = 0): Clue | undefined {
  const text = body.length > largestText ? undefined : textOf(body)
  if (text === undefined || text.length < body.length) return undefined
  const cause = 'body.made-ascii'
  // Whole JSON that is shorter than it was: nothing was cut off, and something within it went.
  if (contentLength > body.length && isJson(text))
    return { cause, rank: 1.9, detail: `${body.length} of ${contentLength} bytes, and the JSON is whole` }
  const at = text.search(replaced)
  if (at >= 0)
    return { cause, rank: 2.6, detail: `a question mark at byte ${at + 1} may be such a character` }
  if (escaped.test(text)) return { cause, rank: 3.5, detail: 'escapes stand in it' }
  if (/charset="?(us-)?ascii/.test(contentType)) return { cause, rank: 3.5, detail: 'its type says so' }
  // Nothing shows that accents are missing; the sender's own text may.
  const isPlain = /[A-Za-z]{2}/.test(text) && !text.includes('\\u')
  return isPlain ? { cause, rank: 11, detail: "none came, and some may be in the sender's text" } : undefined
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function inspectJson(text: string, framework: Scene['options']['framework']): readonly Clue[] {
  if (!/^\s*[[{]/.test(text)) return []
  try {
    JSON.parse(text)
  } catch {
    return /[}\]]\s*$/.test(text)
      ? []
      : [{ cause: 'body.truncated', rank: 2.2, detail: 'the JSON breaks off' }]
  }
  const clues: Clue[] = []
  // Integers that no double holds: a parser has had them, or will lose them.
  const integers = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/gs, '""').match(/\d{16,}/g) ?? []
  if (integers.some((digits) => !Number.isSafeInteger(Number(digits))))
    clues.push({ cause: 'body.json-number-normalised', rank: 4 })
  const isCompact = !/[\r\n]|": /.test(text)
  const cause = framework && runtimeCauses[framework]
  // The usual layouts were tried, so that a parser is the lesser suspect beside the secret.
  if (isCompact && cause) clues.push({ cause, rank: 9.5 })
  return clues
}

/** Where each framework parses bodies before anyone asks. */
const runtimeCauses: Partial<Record<NonNullable<Scene['options']['framework']>, string>> = {
  express: 'rt.json-before-raw',
  nestjs: 'rt.nest-rawbody',
  fastify: 'rt.fastify-parser',
  'next-pages': 'rt.next-pages',
}

function hasHeader(headers: Scene['capture']['headers'], wanted: string): boolean {
  return headers.some(([name]) => name.toLowerCase() === wanted)
}
