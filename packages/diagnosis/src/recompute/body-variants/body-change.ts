import type { Capture } from '../../captures/capture.js'
import { findHeaderValue } from '../../captures/find-header.js'

/** The aspect of a body that a change affects. */
export type Dimension = 'container' | 'charset' | 'edges' | 'line-ends' | 'json'

/** What is known about a body besides its bytes. */
export interface BodyContext {
  readonly contentType: string
  readonly contentEncoding: string
  /** The length in bytes according to Content-Length. */
  readonly contentLength: number | undefined
  /** The form field with the JSON, according to the scheme. */
  readonly formField: string | undefined
  /** The body as received, if this one was decompressed from it as the scheme says. */
  readonly sentBody: Uint8Array | undefined
  /** Results that cost more are not needed. */
  readonly maxCost: number
}

/** What a body may have been before it was changed. */
export interface RevertedBody {
  readonly bytes: Uint8Array
  /** The id of the change. */
  readonly cause: string
  /** 1 for a common change; rarer changes cost more. */
  readonly cost: number
}

/** One kind of change that happens to bodies, with its reversal. */
export interface BodyChange {
  readonly dimension: Dimension
  /** Larger bodies are skipped, so that no step takes much longer than a digest. */
  readonly maxBytes: number
  readonly revert: (bytes: Uint8Array, context: BodyContext) => Iterable<RevertedBody>
}

export const megabyte = 1024 * 1024

export function createContext(
  { headers }: Pick<Capture, 'headers'>,
  formField: string | undefined,
): Omit<BodyContext, 'maxCost' | 'sentBody'> {
  const header = (wanted: string) => findHeaderValue(headers, wanted) ?? ''
  const length = header('content-length').trim()
  return {
    contentType: header('content-type').toLowerCase(),
    contentEncoding: header('content-encoding').toLowerCase(),
    contentLength: /^\d{1,15}$/.test(length) ? Number(length) : undefined,
    formField,
  }
}

const texts = new WeakMap<Uint8Array, { readonly text: string | undefined }>()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The body as text; undefined if it is not valid UTF-8. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const known = texts.get(bytes)
  if (known) return known.text
  let text: string | undefined
  try {
    text = decoder.decode(bytes)
  } catch {
    text = undefined
  }
  texts.set(bytes, { text })
  return text
}

/** The text as a body. The text is cached for {@link decodeText}. */
export function encodeText(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8')
  if (!/[\ud800-\udfff]/.test(text) || !/\p{Cs}/u.test(text)) texts.set(bytes, { text })
  return bytes
}

/** A change that can be reversed on the text of a body. */
export function textChange(
  dimension: Dimension,
  revert: (text: string, context: BodyContext) => Iterable<{ text: string; cause: string; cost: number }>,
  maxBytes = megabyte,
): BodyChange {
  return {
    dimension,
    maxBytes,
    *revert(bytes, context) {
      const text = decodeText(bytes)
      if (text === undefined) return
      for (const reverted of revert(text, context)) yield { ...reverted, bytes: encodeText(reverted.text) }
    },
  }
}
