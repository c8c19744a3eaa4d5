import { createContext, decodeText } from '../../recompute/body-variants/body-change.js'
import type { Scene } from './scene.js'

const largestText = 4 * 1024 * 1024

/**
 * Evidence that the body is the one that was sent: its length equals Content-Length, which parsed and serialized JSON
 * rarely does, and JSON is complete. Undefined if there is no evidence.
 */
export function findIntactBodySign({ capture }: Pick<Scene, 'capture'>): string | undefined {
  const { body, notes } = capture
  const { contentLength } = createContext(capture, undefined)
  const isAltered = notes.some((note) => note === 'parsed-body' || note === 'text-body' || note === 'cut-off')
  if (isAltered || body.length === 0 || contentLength !== body.length) return undefined
  const length = 'its length matches Content-Length'
  const text = body.length > largestText ? undefined : decodeText(body)
  if (text === undefined || !/^\s*[[{]/.test(text)) return length
  try {
    JSON.parse(text)
    return `${length}, and the JSON is complete`
  } catch {
    return undefined
  }
}
