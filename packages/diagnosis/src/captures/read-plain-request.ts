import { CaptureError, type CaptureNote } from './capture.js'
import type { CapturedRequest } from './captured-request.js'
import { type JsonObject, readText } from './json-object.js'
import { readBase64 } from './read-base64.js'
import { readHeaders } from './read-headers.js'
import { readJsonBody } from './read-json-body.js'
import { readNotes } from './read-notes.js'

/** Reads `{ method, url, headers, body }` as programs write it; `bodyBase64` and `rawBody` take precedence over `body`. */
export function readPlainRequest(request: JsonObject): CapturedRequest {
  const headers = request.headers ?? request.rawHeaders
  if (headers === undefined)
    throw new CaptureError(
      'the JSON has no "headers"; if it is only the body, pass it with --body-file and the headers with --header',
    )
  const { body, notes } = readBody(request)
  return {
    method: readText(request, 'method'),
    target: readText(request, 'url', 'path'),
    headers: readHeaders(headers),
    body,
    notes: [...notes, ...readNotes(request.notes)],
  }
}

function readBody(request: JsonObject): {
  readonly body: Uint8Array
  readonly notes: readonly CaptureNote[]
} {
  const base64 = readText(request, 'bodyBase64')
  if (base64 !== undefined) return { body: readBase64(base64, 'bodyBase64'), notes: [] }
  return readJsonBody(request.rawBody ?? request.body)
}
