import { CaptureError, type CaptureNote } from './capture.js'
import type { CapturedRequest } from './captured-request.js'
import { isObject, type JsonObject, textOf } from './json-object.js'
import { readBase64 } from './read-base64.js'
import { readHeaders } from './read-headers.js'

/**
 * Reads a request of a HAR log that has a body. One without reads like any other request in JSON.
 *
 * Source: http://www.softwareishard.com/blog/har-12-spec/#postData
 */
export function readHarRequest(request: JsonObject): CapturedRequest {
  const postData = isObject(request.postData) ? request.postData : {}
  return {
    method: textOf(request, 'method'),
    target: textOf(request, 'url'),
    headers: readHeaders(request.headers),
    ...readPostData(postData),
  }
}

function readPostData(postData: JsonObject): {
  readonly body: Uint8Array
  readonly notes: readonly CaptureNote[]
} {
  const text = textOf(postData, 'text')
  if (text && textOf(postData, 'encoding', '_encoding') === 'base64')
    return { body: readBase64(text, 'postData.text'), notes: [] }
  if (text) return { body: Buffer.from(text, 'utf8'), notes: ['text-body'] }
  const { params } = postData
  if (!Array.isArray(params) || params.length === 0) return { body: new Uint8Array(), notes: [] }
  if (!textOf(postData, 'mimeType')?.startsWith('application/x-www-form-urlencoded'))
    throw new CaptureError(
      'the HAR entry has the fields of a form instead of its bytes; record it with its text',
    )
  const fields = params
    .filter(isObject)
    .map((param): [string, string] => [textOf(param, 'name') ?? '', textOf(param, 'value') ?? ''])
  return { body: Buffer.from(new URLSearchParams(fields).toString(), 'utf8'), notes: ['parsed-body'] }
}
