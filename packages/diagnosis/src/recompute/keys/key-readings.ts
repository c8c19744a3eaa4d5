import { createHash } from 'node:crypto'
import type { SchemeDescriptor } from '@countersign/core'
import { prefixesOf, withoutPrefix } from '@countersign/testing/sender'
import { asciiLosses } from '../ascii/ascii-losses.js'
import type { Fault } from '../types.js'

/** How a descriptor says that a secret's text becomes the key. */
export type KeyNotation = NonNullable<SchemeDescriptor['secret']>

/** A text as key bytes. */
export interface KeyReading {
  readonly bytes: Uint8Array
  /** Undefined where no descriptor can say it. */
  readonly notation: KeyNotation | undefined
  readonly faults: readonly Fault[]
}

type Encoding = KeyNotation['encoding']

/**
 * All readings of a text as a key: first as the notation says, without a fault; then the others.
 *
 * @param configured undefined: all plain readings are without a fault
 */
export function readKeyText(text: string, configured: KeyNotation | undefined): readonly KeyReading[] {
  const readings: KeyReading[] = []
  const add = (bytes: Uint8Array | undefined, notation: KeyNotation | undefined, fault?: Fault) => {
    if (bytes && bytes.length > 0) readings.push({ bytes, notation, faults: fault ? [fault] : [] })
  }
  if (configured) add(decode(withoutPrefix(text, configured.prefix), configured.encoding), configured)
  for (const prefix of ['', ...prefixesOf(text)]) {
    for (const encoding of ['utf8', 'base64', 'hex'] as const) {
      const fault = configured && faultOf(configured, encoding, prefix)
      add(decode(text.slice(prefix.length), encoding), { encoding, ...(prefix && { prefix }) }, fault)
    }
  }
  for (const [bytes, fault] of strangeReadings(text)) add(bytes, undefined, fault)
  return readings
}

/** As Node decodes, which is how most senders do: both alphabets, padded or not. Text in another notation gives nothing. */
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
  // A prefix more or less comes with the other reading: those who decode take it off first.
  const cost = prefix === '' ? 1 : 1.1
  if (encoding === 'hex') return fault('secret.hex-not-decoded', cost)
  if (encoding === 'base64') return fault('secret.base64-not-decoded', cost)
  return fault(
    configured.encoding === 'hex' ? 'secret.hex-decoded-wrongly' : 'secret.base64-decoded-wrongly',
    cost,
  )
}

/** What no descriptor can say. */
function* strangeReadings(text: string): Generator<readonly [bytes: Uint8Array, fault: Fault]> {
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
