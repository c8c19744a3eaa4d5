import { unsupportedRuntimeError } from '../crypto/unsupported-runtime.js'

/** Whether the bytes begin like a gzip file (RFC 1952, section 2.3.1). Neither JSON nor a form can begin like this. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/**
 * Decompresses piece by piece until the end, or until `onPiece` throws.
 *
 * @throws the error of `onPiece`, or the platform's error for bytes that are not gzip
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` if the runtime has no `DecompressionStream`
 */
export async function inflateGzip(bytes: Uint8Array, onPiece: (piece: Uint8Array) => void): Promise<void> {
  if (typeof DecompressionStream === 'undefined') throw unsupportedRuntimeError('DecompressionStream')
  const stream = new DecompressionStream('gzip')
  const writer = stream.writable.getWriter()
  // A failure here also fails the reader, which is awaited.
  writer.write(bytes as Uint8Array<ArrayBuffer>).catch(() => undefined)
  writer.close().catch(() => undefined)
  const reader = stream.readable.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      onPiece(value)
    }
  } catch (error) {
    reader.cancel().catch(() => undefined)
    throw error
  }
}
