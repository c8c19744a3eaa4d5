import { encodeBase64 } from '../encoding/base64.js'
import { encodeHex } from '../encoding/hex.js'
import { joinBytes } from '../encoding/join-bytes.js'
import type { HmacAlgorithm } from '../schemes/scheme-descriptor.js'
import type { Crypto, DigestEncoding, MacKey } from './mac.js'
import { unsupportedRuntimeError } from './unsupported-runtime.js'

const hashNames = {
  'hmac-sha256': 'SHA-256',
  'hmac-sha1': 'SHA-1',
  'hmac-sha384': 'SHA-384',
  'hmac-sha512': 'SHA-512',
} as const satisfies Record<HmacAlgorithm, string>

interface WebMacKey extends MacKey {
  readonly key: Awaited<ReturnType<typeof crypto.subtle.importKey>>
}

/** Browsers have WebCrypto in secure contexts only, and jsdom has a part of it; see {@link Crypto.checkRuntime}. */
export function checkRuntime(): void {
  if (!(globalThis as Partial<typeof globalThis>).crypto?.subtle)
    throw unsupportedRuntimeError('crypto.subtle')
}

/** Imports a key once, so that it cannot be exported again; see {@link Crypto.prepareKey}. */
export function prepareKey(algorithm: HmacAlgorithm, secret: Uint8Array): Promise<MacKey> {
  const preparing = importKey(algorithm, secret)
  // Its first use gets the error. Until then, an unhandled rejection would crash the program.
  preparing.catch(() => undefined)
  return preparing
}

async function importKey(algorithm: HmacAlgorithm, secret: Uint8Array): Promise<MacKey> {
  const use = { name: 'HMAC', hash: hashNames[algorithm] }
  const key = await crypto.subtle.importKey('raw', secret, use, false, ['sign'])
  const prepared: WebMacKey = { algorithm, key }
  return prepared
}

/** The MAC over the parts, one after the other; see {@link Crypto.computeMac}. */
export async function computeMac(key: MacKey, parts: readonly Uint8Array[]): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', (key as WebMacKey).key, joinBytes(parts)))
}

/** See {@link Crypto.digestsAtOnce}. */
export const digestsAtOnce = false

/** SHA-256 as text; see {@link Crypto.digestText}. */
export async function digestText(bytes: Uint8Array, encoding: DigestEncoding = 'base64url'): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return encoding === 'hex' ? encodeHex(digest) : encodeBase64(digest, encoding)
}

/** Constant-time comparison; see {@link Crypto.equalBytes}. WebCrypto has none, so this one always reads every byte. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0)
  return difference === 0
}

/** 128 random bits; see {@link Crypto.randomToken}. */
export function randomToken(): string {
  return encodeBase64(crypto.getRandomValues(new Uint8Array(16)), 'base64url')
}

const _conforms = {
  checkRuntime,
  prepareKey,
  computeMac,
  digestText,
  digestsAtOnce,
  equalBytes,
  randomToken,
} satisfies Crypto
