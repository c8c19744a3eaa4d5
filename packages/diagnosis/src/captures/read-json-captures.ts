import { CaptureError } from './capture.js'
import type { CapturedRequest } from './captured-request.js'
import { isObject, type JsonObject } from './json-object.js'
import { readHarRequest } from './read-har-request.js'
import { isLambdaEvent, readLambdaEvent } from './read-lambda-event.js'
import { readPlainRequest } from './read-plain-request.js'

/**
 * Reads every request that a JSON file holds.
 *
 * @throws CaptureError
 */
export function readJsonCaptures(content: Buffer): readonly CapturedRequest[] {
  const value = parse(content)
  if (Array.isArray(value)) return value.map(readRequest)
  if (isObject(value) && isObject(value.log)) return readHar(value.log)
  return [readRequest(value)]
}

function parse(content: Buffer): unknown {
  const text = content.toString('utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    // The parser's own message quotes the text.
    const { message } = error as Error
    const position = /position (\d+)/.exec(message)?.[1]
    const isAtEnd = position !== undefined && Number(position) >= text.trimEnd().length
    if (isAtEnd || /end of JSON input|Unterminated/.test(message))
      throw new CaptureError('the JSON ends in the middle; the capture is cut off')
    throw new CaptureError(`the capture is not JSON${position ? ` from character ${position} on` : ''}`)
  }
}

function readHar({ entries }: JsonObject): readonly CapturedRequest[] {
  if (!Array.isArray(entries) || entries.length === 0)
    throw new CaptureError('the HAR log has no entries; record the request again')
  return entries.map(readRequest)
}

/** HAR entries have their request under `request`, as other records about a request do. */
function readRequest(value: unknown): CapturedRequest {
  if (!isObject(value))
    throw new CaptureError('a capture in JSON must be an object with "headers" and a body')
  const request = isObject(value.request) ? value.request : value
  if (isObject(request.postData)) return readHarRequest(request)
  return isLambdaEvent(request) ? readLambdaEvent(request) : readPlainRequest(request)
}
