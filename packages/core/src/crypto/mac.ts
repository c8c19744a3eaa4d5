import type { HmacAlgorithm } from '../schemes/scheme-descriptor.js'

/** A key that was prepared once, so that requests do not pay for it. Opaque: each implementation has its own form. */
export interface MacKey {
  readonly algorithm: HmacAlgorithm
}

/** Hex in lower case; base64 with its padding, base64url without. */
export type DigestEncoding = 'hex' | 'base64' | 'base64url'

/**
 * What `#crypto` exports: one implementation uses `node:crypto` and is synchronous, the other uses WebCrypto and returns
 * promises. Both pass the same vectors.
 */
export interface Crypto {
  /** @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` if the runtime lacks what the other functions need */
  checkRuntime(): void
  prepareKey(algorithm: HmacAlgorithm, secret: Uint8Array): MacKey | Promise<MacKey>
  /** The MAC over the parts, one after the other. */
  computeMac(key: MacKey, parts: readonly Uint8Array[]): Uint8Array | Promise<Uint8Array>
  /** Whether `digestText` returns text, and never a promise. */
  readonly digestsAtOnce: boolean
  /** SHA-256 as text; by default base64url without padding. */
  digestText(bytes: Uint8Array, encoding?: DigestEncoding): string | Promise<string>
  /** Whether the bytes are equal, in a time that depends only on their number; false for different lengths. */
  equalBytes(a: Uint8Array, b: Uint8Array): boolean
  /** A random, unguessable token. */
  randomToken(): string
}
