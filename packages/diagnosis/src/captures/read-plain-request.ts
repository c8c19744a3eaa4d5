import { CaptureError, type CaptureNote } from './capture.js'
import type { CapturedRequest } from './captured-request.js'
import { type JsonObject, textOf } from './json-object.js'
import { readBase64 } from './read-base64.js'
import { readHeaders } from './read-headers.js'
import { readJsonBody } from './read-json-body.js'
import { writtenNotes } from './written-notes.js'

/** Reads `{ method, url, headers, body }` as programs write it; `bodyBase64` or `rawBody` go before `body`. */
export function readPlainRequest(request: JsonObject): CapturedRequest {
  const headers = request.headers ?? request.rawHeaders
  if (headers === undefined)
    throw new CaptureError(
      'the JSON has no "headers"; if it is the body alone, give it with --body-file and the headers with --header',
    )
  const { body, notes } = readBody(request)
  return {
    method: textOf(request, 'method'),
    target: textOf(request, 'url', 'path'),
    headers: readHeaders(headers),
    body,
    notes: [...notes, ...writtenNotes(request.notes)],
  }
}

function readBody(request: JsonObject): {
  readonly body: Uint8Array
  readonly notes: readonly CaptureNote[]
} {
  const base64 = textOf(request, 'bodyBase64')
  if (base64 !== undefined) return { body: readBase64(base64, 'bodyBase64'), notes: [] }
  return readJsonBody(request.rawBody ?? request.body)
}
