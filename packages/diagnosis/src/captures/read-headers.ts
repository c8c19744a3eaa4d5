import { wireText } from '@countersign/testing/http'
import { CaptureError } from './capture.js'
import type { CapturedRequest } from './captured-request.js'
import { isObject } from './json-object.js'

type Header = readonly [name: string, value: string]

/**
 * Reads headers in the forms that programs print: a record (with lists for what came more than once), pairs, HAR's
 * `{ name, value }`, or Node's `rawHeaders` with names and values in turn.
 *
 * @throws CaptureError
 */
export function readHeaders(headers: unknown): CapturedRequest['headers'] {
  if (headers === undefined || headers === null) return []
  if (isList(headers)) return isAlternating(headers) ? readAlternating(headers) : headers.flatMap(readMember)
  if (isObject(headers)) return Object.entries(headers).flatMap(([name, value]) => readValues(name, value))
  return refuse()
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isAlternating(list: readonly unknown[]): list is readonly string[] {
  return list.length % 2 === 0 && list.every((member) => typeof member === 'string')
}

function readAlternating(list: readonly string[]): readonly Header[] {
  return list.flatMap((name, index) => (index % 2 === 0 ? readValues(name, list[index + 1]) : []))
}

function readMember(member: unknown): readonly Header[] {
  if (Array.isArray(member) && member.length === 2) return readValues(member[0], member[1])
  return isObject(member) ? readValues(member.name ?? member.key, member.value) : refuse()
}

function readValues(name: unknown, value: unknown): readonly Header[] {
  if (typeof name !== 'string' || name === '') return refuse()
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap((member) => readValues(name, member))
  if (typeof value === 'string') return [[name, wireText(value)]]
  return typeof value === 'number' || typeof value === 'boolean' ? [[name, String(value)]] : refuse()
}

function refuse(): never {
  throw new CaptureError(
    '"headers" of the capture must be an object of names and values, or a list of [name, value] pairs',
  )
}
