import type { BodyLimits } from '../types.js'
import { bodyTooLarge } from './body-errors.js'

/** Collects a body chunk by chunk. */
export interface CollectedBytes {
  /** @throws WebhookVerificationError `ERR_WEBHOOK_BODY_TOO_LARGE`, `ERR_WEBHOOK_BODIES_PENDING`; nothing more may be added then */
  add(chunk: Uint8Array): void
  /** Returns all bytes. Call it once, at the end. */
  join(): Uint8Array
}

/** From this size on, a chunk has little overhead and is kept instead of copied. */
const minKeptBytes = 4096
/** A block is as large as everything before it, within these limits. */
const minBlockBytes = 1024
const maxBlockBytes = 65_536

/**
 * Collects a body within its limits, and uses at most about twice the received bytes. An attacker may send a body in chunks
 * of one byte, each an object of some hundred bytes, so small chunks are copied into shared blocks. The first chunk, which is
 * usually the whole body, and large chunks are kept as they are.
 *
 * If the length is announced, then from its half on everything is in one buffer of that length, and nothing is joined at the
 * end. Not earlier: an attacker may announce a long body on each of a thousand connections and send one byte.
 */
export function collectBytes({ maxBodyBytes, budget, announcedLength = 0 }: BodyLimits): CollectedBytes {
  let parts: Uint8Array[] = []
  let size = 0
  let taken = 0
  let isGathered = false
  /** The current block of copied chunks: bytes up to `listed` are among the parts, bytes from `filled` on are unused. */
  let block = new Uint8Array()
  let listed = 0
  let filled = 0

  function add(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    if (chunk.length > maxBodyBytes - size) throw bodyTooLarge(maxBodyBytes)
    if (isFromHalfOn(size + chunk.length)) gather()
    const isCopied = chunk.length <= block.length - filled
    if (!isCopied && (size === 0 || chunk.length >= minKeptBytes) && isWorthKeeping(chunk)) keep(chunk)
    else copy(chunk)
    size += chunk.length
  }

  /** Not for a first chunk that is the whole body, nor for a body that is longer than announced, as after decompression. */
  function isFromHalfOn(received: number): boolean {
    if (isGathered || received < announcedLength / 2 || received > announcedLength) return false
    return size > 0 || received < announcedLength
  }

  /** Moves everything into one block of the announced length. */
  function gather(): void {
    take(announcedLength - taken)
    const whole = new Uint8Array(announcedLength)
    writeTo(whole)
    parts = []
    block = whole
    listed = 0
    filled = size
    isGathered = true
  }

  function keep(chunk: Uint8Array): void {
    take(chunk.length)
    listCopied()
    parts.push(chunk)
  }

  function copy(chunk: Uint8Array): void {
    const room = block.length - filled
    if (chunk.length <= room) {
      block.set(chunk, filled)
      filled += chunk.length
      return
    }
    block.set(chunk.subarray(0, room), filled)
    filled += room
    listCopied()
    const rest = chunk.subarray(room)
    const usual = Math.min(Math.max(size, minBlockBytes), maxBlockBytes)
    const capacity = Math.max(rest.length, usual)
    take(capacity)
    block = new Uint8Array(capacity)
    block.set(rest)
    listed = 0
    filled = rest.length
  }

  /** Capacity that can never be used is not charged: a body of `maxBodyBytes` must fit into a budget of that size. */
  function take(bytes: number): void {
    const charged = Math.min(bytes, maxBodyBytes - taken)
    if (charged <= 0) return
    budget?.take(charged)
    taken += charged
  }

  function listCopied(): void {
    if (filled > listed) parts.push(block.subarray(listed, filled))
    listed = filled
  }

  function writeTo(bytes: Uint8Array): void {
    listCopied()
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
  }

  return {
    add,
    join() {
      listCopied()
      const [only] = parts
      if (only && parts.length === 1) return only
      const bytes = new Uint8Array(size)
      writeTo(bytes)
      return bytes
    },
  }
}

/** Whether keeping the chunk does not keep a much larger buffer alive. */
function isWorthKeeping(chunk: Uint8Array): boolean {
  return chunk.buffer.byteLength <= 2 * chunk.length
}
