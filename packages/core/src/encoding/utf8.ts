import { unsupportedRuntimeError } from '../crypto/unsupported-runtime.js'

// Made when needed: where they are missing, as in jsdom, the packages can be loaded, and say what to do when they are used.
let encoder: InstanceType<typeof TextEncoder> | undefined
let decoder: InstanceType<typeof TextDecoder> | undefined

/** The text's UTF-8 bytes. A lone surrogate, which UTF-8 cannot say, becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  encoder ??= createEncoder()
  return encoder.encode(text)
}

/**
 * Reads UTF-8. A leading byte order mark is dropped, as JSON parsers do not take it.
 *
 * @returns undefined where the bytes are not UTF-8, instead of a text with U+FFFD in it
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  decoder ??= new TextDecoder('utf-8', { fatal: true })
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function createEncoder(): InstanceType<typeof TextEncoder> {
  if (typeof TextEncoder === 'undefined') throw unsupportedRuntimeError('TextEncoder')
  return new TextEncoder()
}
