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
 */
export function collectBytes({ maxBodyBytes, budget }: BodyLimits): CollectedBytes {
  const parts: Uint8Array[] = []
  let size = 0
  let taken = 0
  /** The current block of copied chunks: bytes up to `listed` are among the parts, bytes from `filled` on are unused. */
  let block = new Uint8Array()
  let listed = 0
  let filled = 0

  function add(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    if (chunk.length > maxBodyBytes - size) throw bodyTooLarge(maxBodyBytes)
    if ((size === 0 || chunk.length >= minKeptBytes) && isWorthKeeping(chunk)) keep(chunk)
    else copy(chunk)
    size += chunk.length
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
    if (charged > 0) budget?.take(charged)
    taken += charged
  }

  function listCopied(): void {
    if (filled > listed) parts.push(block.subarray(listed, filled))
    listed = filled
  }

  return {
    add,
    join() {
      listCopied()
      const [only] = parts
      if (only && parts.length === 1) return only
      const bytes = new Uint8Array(size)
      let at = 0
      for (const part of parts) {
        bytes.set(part, at)
        at += part.length
      }
      return bytes
    },
  }
}

/** Whether keeping the chunk does not keep a much larger buffer alive. */
function isWorthKeeping(chunk: Uint8Array): boolean {
  return chunk.buffer.byteLength <= 2 * chunk.length
}
