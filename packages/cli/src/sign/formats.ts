import { writeCapture, writeHttpMessage } from '@countersign/diagnosis'
import type { SignedRequest } from '@countersign/testing'
import { writeCurl } from './write-curl.js'
import { writeHeaderLines } from './write-header-lines.js'

/** The forms in which a signed delivery is written, each as bytes. */
export const formats = {
  http: writeHttpMessage,
  json: writeJson,
  curl: writeCurl,
  headers: writeHeaderLines,
} as const satisfies Readonly<Record<string, (request: SignedRequest) => Uint8Array>>

/** One of {@link formats}. */
export type Format = keyof typeof formats

export const formatNames = Object.keys(formats) as readonly Format[]

function writeJson(request: SignedRequest): Uint8Array {
  const keepHeaders = request.headers.map(([name]) => name)
  return Buffer.from(writeCapture({ ...request, notes: [] }, { keepHeaders }), 'utf8')
}
