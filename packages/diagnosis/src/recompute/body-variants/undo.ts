import type { Capture } from '../../captures/capture.js'

/** What bodies are changed in. Two changes of one dimension are rarely two faults. */
export type Dimension = 'container' | 'charset' | 'edges' | 'line-ends' | 'json'

/** What is known of a body beside its bytes. */
export interface BodyContext {
  readonly contentType: string
  readonly contentEncoding: string
  /** The announced length in bytes. */
  readonly contentLength: number | undefined
  /** The form field that the scheme has its JSON in. */
  readonly formField: string | undefined
  /** The body as it came, where the one at hand was in it as gzip, and the scheme reads it so. */
  readonly sentBody: Uint8Array | undefined
  /** What costs more is not asked for, and need not be made. */
  readonly maxCost: number
}

/** What a body may have been before something happened to it. */
export interface Undone {
  readonly bytes: Uint8Array
  /** What happened. */
  readonly cause: string
  /** 1 is ordinary; rarer things cost more. */
  readonly cost: number
}

/** One kind of thing that happens to bodies, undone. */
export interface Undo {
  readonly dimension: Dimension
  /** Larger bodies are left alone, so that no step takes much longer than a digest. */
  readonly maxBytes: number
  readonly undo: (bytes: Uint8Array, context: BodyContext) => Iterable<Undone>
}

export const megabyte = 1024 * 1024

export function contextOf(
  { headers }: Pick<Capture, 'headers'>,
  formField: string | undefined,
): Omit<BodyContext, 'maxCost' | 'sentBody'> {
  const header = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? ''
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

/** The body as text; undefined where it is no UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
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

/** The text as a body, of which the text is then known. */
export function bytesOf(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8')
  if (!/[\ud800-\udfff]/.test(text) || !/\p{Cs}/u.test(text)) texts.set(bytes, { text })
  return bytes
}

/** An undoing that reads and writes text. */
export function textUndo(
  dimension: Dimension,
  undo: (text: string, context: BodyContext) => Iterable<{ text: string; cause: string; cost: number }>,
  maxBytes = megabyte,
): Undo {
  return {
    dimension,
    maxBytes,
    *undo(bytes, context) {
      const text = textOf(bytes)
      if (text === undefined) return
      for (const undone of undo(text, context)) yield { ...undone, bytes: bytesOf(undone.text) }
    },
  }
}
