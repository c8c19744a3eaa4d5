import { expect, test } from 'vitest'
import { pickHeaders, repeated, wantHeaders } from '../../src/headers/pick-headers.js'

const wanted = wantHeaders(['content-length', 'x-id'])
const pick = (headers: unknown) => Object.fromEntries(pickHeaders(headers as never, wanted))

test('a number becomes its decimal text, since hosts write a body’s length as a number', () => {
  expect(pick({ 'content-length': 17, 'x-id': 0 })).toEqual({ 'content-length': '17', 'x-id': '0' })
  expect(pick([['Content-Length', 17]])).toEqual({ 'content-length': '17' })
  expect(pick({ 'x-id': [1] })).toEqual({ 'x-id': '1' })
  expect(pick({ 'x-id': [1, 1] })).toEqual({ 'x-id': repeated })
})

test.each([[1.5], [Number.NaN], [2 ** 53], [null], [true], [{}]])(
  '%j is not a value that a request can have',
  (value) => {
    expect(pick({ 'x-id': value })).toEqual({ 'x-id': '' })
  },
)
