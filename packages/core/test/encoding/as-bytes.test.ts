import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { asBytes } from '../../src/encoding/as-bytes.js'

test('bytes of this realm are returned unchanged', () => {
  const buffer = Buffer.from('text')
  expect(asBytes(buffer)).toBe(buffer)
})

test('bytes of another realm become those of this one, over the same memory', () => {
  const foreign: Uint8Array = runInNewContext('new Uint8Array([0, 1, 2, 3]).subarray(1, 3)')
  expect(foreign instanceof Uint8Array).toBe(false)
  const bytes = asBytes(foreign)
  expect(bytes instanceof Uint8Array).toBe(true)
  expect([...(bytes ?? [])]).toEqual([1, 2])
  foreign[0] = 9
  expect(bytes?.[0]).toBe(9)
})

test.each([
  'text',
  {},
  [1, 2],
  undefined,
  null,
  new Uint16Array(2),
  new DataView(new ArrayBuffer(2)),
  new ArrayBuffer(2),
  { [Symbol.toStringTag]: 'Uint8Array', length: 2 },
])('%s is not bytes', (value) => {
  expect(asBytes(value)).toBeUndefined()
})
