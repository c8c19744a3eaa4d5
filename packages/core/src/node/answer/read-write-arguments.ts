import { asBytes } from '../../encoding/as-bytes.js'

/** The arguments of a response's `write` and `end`: `(chunk?, encoding?, callback?)`, each optional. */
export interface WriteArguments {
  readonly chunk: string | Uint8Array | undefined
  readonly encoding: BufferEncoding | undefined
  readonly callback: ((error?: Error | null) => void) | undefined
}

/** @returns undefined for a chunk that Node refuses, so that Node throws its own error */
export function readWriteArguments(args: readonly unknown[]): WriteArguments | undefined {
  const callback = args.find((arg) => typeof arg === 'function') as WriteArguments['callback']
  const [first, second] = args
  const encoding = typeof second === 'string' ? (second as BufferEncoding) : undefined
  const chunk = typeof first === 'string' ? first : asBytes(first)
  if (chunk !== undefined) return { chunk, encoding, callback }
  const isAbsent = first === undefined || first === null || typeof first === 'function'
  return isAbsent ? { chunk: undefined, encoding, callback } : undefined
}

/** The length in bytes, for Content-Length. */
export function lengthOf({ chunk = '', encoding }: WriteArguments): number {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength
}

/** Refuses a write after the end as Node does, but without the `error` event, which would end the process. */
export function refuseWrite({ callback }: WriteArguments): false {
  const error = Object.assign(new Error('write after end'), { code: 'ERR_STREAM_WRITE_AFTER_END' })
  if (callback) process.nextTick(callback, error)
  return false
}
