import { gzipSync } from 'node:zlib'
import type { SchemeDescriptor } from '@countersign/core'
import type { Content } from './build-content.js'
import type { SignOptions } from './sign-options.js'

/** The body to sign and the content to send. */
export interface CompressedBody {
  readonly signed: Uint8Array
  readonly sent: Content
}

/** Compresses the body if the sender does. An empty body stays empty. */
export function compressBody(
  { contentEncoding }: Pick<SchemeDescriptor, 'contentEncoding'>,
  content: Content,
  { gzip = contentEncoding !== undefined }: SignOptions,
): CompressedBody {
  if (!gzip || content.body.length === 0) return { signed: content.body, sent: content }
  const body = gzipSync(content.body)
  const headers = { ...content.headers, 'content-encoding': 'gzip' }
  return { signed: contentEncoding === 'as-sent' ? body : content.body, sent: { ...content, body, headers } }
}
