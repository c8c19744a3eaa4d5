import { findHeaderValue } from '../../captures/find-header.js'
import { isGzip } from '../../captures/inflate-capture.js'
import { createContext, decodeText } from '../../recompute/body-variants/body-change.js'
import { findIntactBodySign } from './find-intact-body-sign.js'
import type { Clue, Scene } from './scene.js'

const largestText = 4 * 1024 * 1024
const replacement = Buffer.from([0xef, 0xbf, 0xbd])

/** Looks for signs that the body is not the one that was sent. */
export function inspectBody(scene: Scene): readonly Clue[] {
  const clues = cluesOf(scene)
  if (findIntactBodySign(scene) === undefined) return clues
  // All of these would make the length differ from Content-Length.
  return clues.filter(({ cause }) => !cause.startsWith('rt.') && !changeLength.has(cause))
}

const changeLength: ReadonlySet<string> = new Set(['body.made-ascii', 'body.invalid-utf8-replaced'])

function cluesOf({ capture, options: { framework } }: Scene): readonly Clue[] {
  const { body, notes } = capture
  const { contentLength, contentType, contentEncoding } = createContext(capture, undefined)
  const clues: Clue[] = []
  const isAnnounced =
    (contentLength ?? 0) > 0 || findHeaderValue(capture.headers, 'transfer-encoding') !== undefined
  if (body.length === 0) {
    const detail = contentLength ? `Content-Length is ${contentLength}` : undefined
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
  const text = body.length > largestText ? undefined : decodeText(body)
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

/** Zstandard has a magic number (RFC 8878); Brotli and deflate show only in the header. */
function compressionClue(body: Uint8Array, contentEncoding: string): Clue | undefined {
  if (isGzip(body)) return { cause: 'body.gzip', rank: 2.2 }
  const isZstandard = Buffer.from(body.subarray(0, 4)).toString('hex') === '28b52ffd'
  const name = isZstandard ? 'zstd' : /\b(br|deflate|zstd|compress)\b/.exec(contentEncoding)?.[0]
  return name === undefined ? undefined : { cause: 'body.compressed', rank: 2.2, detail: name }
}

/** A question mark inside a word, or two in a row. In a URL a parameter name would follow it. */
const replaced = /[A-Za-z]\?(?![\w.-]*=)(?: ?[a-z]|[A-Z])|\?\?/
const escaped = /&#x?[0-9a-f]{2,6};|%[c-e][0-9a-f]%[89ab][0-9a-f]|\\x[89a-f][0-9a-f]|=C3=[89AB]/i

/** Traces of a text that was converted to ASCII. */
function asciiClue(body: Uint8Array, contentType: string, contentLength = 0): Clue | undefined {
  const text = body.length > largestText ? undefined : decodeText(body)
  if (text === undefined || text.length < body.length) return undefined
  const cause = 'body.made-ascii'
  // Complete JSON that is too short: nothing was cut off at the end, so characters inside were lost.
  if (contentLength > body.length && isJson(text))
    return { cause, rank: 1.9, detail: `${body.length} of ${contentLength} bytes, and the JSON is complete` }
  const at = text.search(replaced)
  if (at >= 0)
    return { cause, rank: 2.6, detail: `the question mark at byte ${at + 1} may replace such a character` }
  if (escaped.test(text)) return { cause, rank: 3.5, detail: 'the body contains escapes' }
  if (/charset="?(us-)?ascii/.test(contentType))
    return { cause, rank: 3.5, detail: 'according to its Content-Type' }
  // Nothing proves that accents are missing: the original text may have had none.
  const isPlain = /[A-Za-z]{2}/.test(text) && !text.includes('\\u')
  return isPlain
    ? { cause, rank: 11, detail: 'there are none here, but the original text may have some' }
    : undefined
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
      : [{ cause: 'body.truncated', rank: 2.2, detail: 'the JSON is incomplete' }]
  }
  const clues: Clue[] = []
  // Integers that a double cannot represent: a parser changed them, or will.
  const integers = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/gs, '""').match(/\d{16,}/g) ?? []
  if (integers.some((digits) => !Number.isSafeInteger(Number(digits))))
    clues.push({ cause: 'body.json-number-normalised', rank: 4 })
  const isCompact = !/[\r\n]|": /.test(text)
  const cause = framework && runtimeCauses[framework]
  // The common layouts were already tried, so a wrong secret is likelier than a parser.
  if (isCompact && cause) clues.push({ cause, rank: 9.5 })
  return clues
}

/** How each framework comes to parse bodies by default. */
const runtimeCauses: Partial<Record<NonNullable<Scene['options']['framework']>, string>> = {
  express: 'rt.json-before-raw',
  nestjs: 'rt.nest-rawbody',
  fastify: 'rt.fastify-parser',
  'next-pages': 'rt.next-pages',
}
