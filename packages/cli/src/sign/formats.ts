import { writeCapture, writeHttpMessage } from '@countersign/diagnosis'
import type { SignedRequest } from '@countersign/testing'
import { formatCurl } from './format-curl.js'
import { formatHeaders } from './format-headers.js'

/** The formats of a signed delivery, each as bytes. */
export const formats = {
  http: writeHttpMessage,
  json: formatJson,
  curl: formatCurl,
  headers: formatHeaders,
} as const satisfies Readonly<Record<string, (request: SignedRequest) => Uint8Array>>

/** One of {@link formats}. */
export type Format = keyof typeof formats

export const formatNames = Object.keys(formats) as readonly Format[]

function formatJson(request: SignedRequest): Uint8Array {
  const keepHeaders = request.headers.map(([name]) => name)
  return Buffer.from(writeCapture({ ...request, notes: [] }, { keepHeaders }), 'utf8')
}
