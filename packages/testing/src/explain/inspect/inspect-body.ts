import { contextOf, textOf } from '../../recompute/body-variants/undo.js'
import type { Clue, Scene } from './clue.js'

const largestText = 4 * 1024 * 1024
const replacement = Buffer.from([0xef, 0xbf, 0xbd])

/** What a body looks like when it is not the one that was sent. */
export function inspectBody({ capture, options: { framework } }: Scene): readonly Clue[] {
  const { body, notes } = capture
  const { contentLength, contentType, contentEncoding } = contextOf(capture, undefined)
  const clues: Clue[] = []
  const isAnnounced = (contentLength ?? 0) > 0 || hasHeader(capture.headers, 'transfer-encoding')
  if (body.length === 0) {
    const detail = contentLength ? `Content-Length says ${contentLength}` : undefined
    return [{ cause: 'body.empty', rank: isAnnounced || contentType !== '' ? 2 : 5, detail }]
  }
  if (notes.includes('parsed-body')) clues.push({ cause: 'body.parsed-object', rank: 2 })
  if (contentLength !== undefined && contentLength > body.length)
    clues.push({ cause: 'body.truncated', rank: 2, detail: `${body.length} of ${contentLength} bytes` })
  else if (notes.includes('cut-off')) clues.push({ cause: 'body.truncated', rank: 2 })
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.length)
  const at = buffer.indexOf(replacement)
  if (at >= 0) clues.push({ cause: 'body.invalid-utf8-replaced', rank: 2.5, detail: `at byte ${at}` })
  const text = body.length > largestText ? undefined : textOf(body)
  if (text === undefined) {
    const isText = /json|text|xml|form/.test(contentType) && body.length <= largestText
    if (isText || buffer.includes(0)) clues.push({ cause: 'body.binary', rank: contentEncoding ? 3 : 4 })
    return clues
  }
  if (/^\[object \w+\]$/.test(text.trim())) clues.push({ cause: 'body.object-as-text', rank: 1 })
  if (text.includes('\0')) clues.push({ cause: 'body.binary', rank: 4 })
  clues.push(...inspectJson(text, framework))
  return clues
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
  if (isCompact && cause) clues.push({ cause, rank: 6 })
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
