import type { HmacAlgorithm } from '../schemes/scheme-descriptor.js'

/** A key made ready once, so that a request does not pay for it. Opaque: each implementation has its own. */
export interface MacKey {
  readonly algorithm: HmacAlgorithm
}

/** Hex in lower case; base64 with its padding, base64url without. */
export type DigestEncoding = 'hex' | 'base64' | 'base64url'

/**
 * What `#crypto` exports: one implementation over `node:crypto`, which is synchronous, and one over WebCrypto,
 * which answers with promises. Both run the same vectors.
 */
export interface Crypto {
  /** @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` if the runtime lacks what the other functions need */
  checkRuntime(): void
  prepareKey(algorithm: HmacAlgorithm, secret: Uint8Array): MacKey | Promise<MacKey>
  /** The MAC over the parts, one after the other. */
  computeMac(key: MacKey, parts: readonly Uint8Array[]): Uint8Array | Promise<Uint8Array>
  /** SHA-256 as text; by default base64url without padding. */
  digestText(bytes: Uint8Array, encoding?: DigestEncoding): string | Promise<string>
  /** Whether the bytes are equal, in a time that depends on their number alone; false for different lengths. */
  equalBytes(a: Uint8Array, b: Uint8Array): boolean
  /** A random, unguessable token. */
  randomToken(): string
}
