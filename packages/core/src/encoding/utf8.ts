import { unsupportedRuntimeError } from '../crypto/unsupported-runtime.js'

// Created on first use: in runtimes without them, such as jsdom, the package can still be loaded and reports what to do when used.
let encoder: InstanceType<typeof TextEncoder> | undefined
let decoder: InstanceType<typeof TextDecoder> | undefined

/** Encodes text as UTF-8. A lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  encoder ??= createEncoder()
  return encoder.encode(text)
}

/**
 * Decodes UTF-8. A leading byte order mark is dropped, since JSON parsers reject it.
 *
 * @returns undefined if the bytes are not UTF-8, instead of text with U+FFFD
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
