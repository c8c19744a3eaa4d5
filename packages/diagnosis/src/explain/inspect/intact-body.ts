import { contextOf, textOf } from '../../recompute/body-variants/undo.js'
import type { Scene } from './clue.js'

const largestText = 4 * 1024 * 1024

/**
 * What shows that the body is the one that was sent: it is as long as its header announces, which a parser's JSON is not,
 * and JSON of it is whole. Undefined where nothing shows it.
 */
export function signsOfIntactBody({ capture }: Pick<Scene, 'capture'>): string | undefined {
  const { body, notes } = capture
  const { contentLength } = contextOf(capture, undefined)
  const isAltered = notes.some((note) => note === 'parsed-body' || note === 'text-body' || note === 'cut-off')
  if (isAltered || body.length === 0 || contentLength !== body.length) return undefined
  const length = 'as long as Content-Length says'
  const text = body.length > largestText ? undefined : textOf(body)
  if (text === undefined || !/^\s*[[{]/.test(text)) return length
  try {
    JSON.parse(text)
    return `${length}, and whole JSON`
  } catch {
    return undefined
  }
}
