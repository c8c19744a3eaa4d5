import { createHash } from 'node:crypto'
import type { SchemeDescriptor } from '@countersign/core'
import { findPrefixes, withoutPrefix } from '@countersign/testing/sender'
import { asciiLosses } from '../ascii/ascii-losses.js'
import type { Fault } from '../types.js'

/** The descriptor setting that turns the text of a secret into the key. */
export type KeyNotation = NonNullable<SchemeDescriptor['secret']>

/** A text interpreted as key bytes. */
export interface KeyReading {
  readonly bytes: Uint8Array
  /** Undefined if no descriptor can express it. */
  readonly notation: KeyNotation | undefined
  readonly faults: readonly Fault[]
}

type Encoding = KeyNotation['encoding']

/**
 * All interpretations of a text as a key: first the configured one, without a fault; then the others.
 *
 * @param configured undefined: all plain interpretations have no fault
 */
export function readKeyText(text: string, configured: KeyNotation | undefined): readonly KeyReading[] {
  const readings: KeyReading[] = []
  const add = (bytes: Uint8Array | undefined, notation: KeyNotation | undefined, fault?: Fault) => {
    if (bytes && bytes.length > 0) readings.push({ bytes, notation, faults: fault ? [fault] : [] })
  }
  if (configured) add(decode(withoutPrefix(text, configured.prefix), configured.encoding), configured)
  for (const prefix of ['', ...findPrefixes(text)]) {
    for (const encoding of ['utf8', 'base64', 'hex'] as const) {
      const fault = configured && faultOf(configured, encoding, prefix)
      add(decode(text.slice(prefix.length), encoding), { encoding, ...(prefix && { prefix }) }, fault)
    }
  }
  for (const [bytes, fault] of unusualReadings(text)) add(bytes, undefined, fault)
  return readings
}

/** Decodes as leniently as Node, like most senders: both base64 alphabets, padded or not. Undefined for other text. */
function decode(text: string, encoding: Encoding): Uint8Array | undefined {
  if (encoding === 'utf8') return Buffer.from(text, 'utf8')
  if (encoding === 'hex') return /^([0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : undefined
  return /^[\w+/-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined
}

function faultOf(configured: KeyNotation, encoding: Encoding, prefix: string): Fault {
  const fault = (cause: string, cost: number): Fault => ({ cause, target: 'secret', cost })
  if (encoding === configured.encoding) {
    return prefix === '' ? fault('secret.prefix-taken-off', 1.1) : fault('secret.prefix-kept', 1)
  }
  // Senders that decode remove the prefix first, so prefix and encoding together count as one fault.
  const cost = prefix === '' ? 1 : 1.1
  if (encoding === 'hex') return fault('secret.hex-not-decoded', cost)
  if (encoding === 'base64') return fault('secret.base64-not-decoded', cost)
  return fault(
    configured.encoding === 'hex' ? 'secret.hex-decoded-wrongly' : 'secret.base64-decoded-wrongly',
    cost,
  )
}

/** Interpretations that no descriptor can express. */
function* unusualReadings(text: string): Generator<readonly [bytes: Uint8Array, fault: Fault]> {
  const hash = createHash('sha256').update(text, 'utf8')
  const hashed: Fault = { cause: 'secret.hashed', target: 'secret', cost: 1.5 }
  const digest = hash.digest()
  yield [digest, hashed]
  yield [Buffer.from(digest.toString('hex'), 'utf8'), hashed]
  yield [Buffer.from(digest.toString('base64'), 'utf8'), hashed]
  yield [Buffer.from(createHash('md5').update(text, 'utf8').digest('hex'), 'utf8'), hashed]
  const charset: Fault = { cause: 'secret.wrong-charset', target: 'secret', cost: 1.4 }
  yield [Buffer.from(text, 'utf16le'), charset]
  if (/[\x80-\xff]/.test(text) && !/[^\0-\xff]/.test(text)) yield [Buffer.from(text, 'latin1'), charset]
  if (/[^\0-\x7f]/.test(text))
    for (const lossy of asciiLosses(text)) yield [Buffer.from(lossy, 'utf8'), charset]
  const encoded: Fault = { cause: 'secret.base64-encoded-signed', target: 'secret', cost: 1.5 }
  yield [Buffer.from(Buffer.from(text, 'utf8').toString('base64'), 'utf8'), encoded]
  if (!/^whsec_/.test(text)) {
    yield [
      Buffer.from(`whsec_${text}`, 'utf8'),
      { cause: 'secret.prefix-taken-off', target: 'secret', cost: 1.1 },
    ]
  }
}
