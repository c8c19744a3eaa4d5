import { asBytes } from '../encoding/as-bytes.js'

/** What `write` and `end` of a response take: `(chunk?, encoding?, callback?)`, each part left out at will. */
export interface WriteArguments {
  readonly chunk: string | Uint8Array | undefined
  readonly encoding: BufferEncoding | undefined
  readonly callback: ((error?: Error | null) => void) | undefined
}

/** @returns undefined for a chunk that Node refuses; its own error is the best one */
export function readWriteArguments(args: readonly unknown[]): WriteArguments | undefined {
  const callback = args.find((arg) => typeof arg === 'function') as WriteArguments['callback']
  const [first, second] = args
  const encoding = typeof second === 'string' ? (second as BufferEncoding) : undefined
  const chunk = typeof first === 'string' ? first : asBytes(first)
  if (chunk !== undefined) return { chunk, encoding, callback }
  const isAbsent = first === undefined || first === null || typeof first === 'function'
  return isAbsent ? { chunk: undefined, encoding, callback } : undefined
}

/** The length in bytes, as Content-Length has it. */
export function lengthOf({ chunk = '', encoding }: WriteArguments): number {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength
}

/** Refuses what comes after the end as Node does, but without the `error` event that would end the process. */
export function refuseWrite({ callback }: WriteArguments): false {
  const error = Object.assign(new Error('write after end'), { code: 'ERR_STREAM_WRITE_AFTER_END' })
  if (callback) process.nextTick(callback, error)
  return false
}
