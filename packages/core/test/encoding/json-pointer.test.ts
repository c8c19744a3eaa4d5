import { describe, expect, it } from 'vitest'
import { isJsonPointer, readPointer } from '../../src/encoding/json-pointer.js'

// RFC 6901 section 5
const document = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
}

describe('readPointer', () => {
  it.each([
    ['', document],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ])('reads %j as RFC 6901 does', (pointer, expected) => {
    expect(readPointer(document, pointer)).toEqual(expected)
  })

  it('decodes ~1 before ~0, as RFC 6901 section 4 requires', () => {
    expect(readPointer({ '~1': 'right', '/': 'wrong' }, '/~01')).toBe('right')
  })

  it.each([
    '/constructor',
    '/__proto__',
    '/toString',
    '/hasOwnProperty',
    '/foo/length',
    '/foo/map',
    '/foo/constructor/name',
    '/constructor/prototype',
  ])('follows own members only: %s is undefined', (pointer) => {
    expect(readPointer(document, pointer)).toBeUndefined()
  })

  it('reads a field that the sender named __proto__ like any other', () => {
    expect(readPointer(JSON.parse('{"__proto__":{"id":1}}'), '/__proto__/id')).toBe(1)
  })

  it.each([
    ['/foo/2'],
    ['/foo/-'],
    ['/foo/-1'],
    ['/foo/00'],
    ['/foo/01'],
    ['/foo/1.0'],
    ['/foo/1e0'],
    ['/foo/ 1'],
    ['/foo/'],
    ['/foo/0/0'],
    ['/m~0n/x'],
    ['/missing/x'],
  ])('is undefined for %s, which refers to nothing', (pointer) => {
    expect(readPointer(document, pointer)).toBeUndefined()
  })

  it.each([[null], [undefined], ['text'], [1], [true]])('does not look into %j', (value) => {
    expect(readPointer(value, '/0')).toBeUndefined()
    expect(readPointer(value, '/length')).toBeUndefined()
    expect(readPointer(value, '')).toBe(value)
  })

  it.each(['foo', 'foo/bar', '/~', '/~2', '/a~', '#/foo', ' /foo'])('%j is no pointer', (pointer) => {
    expect(isJsonPointer(pointer)).toBe(false)
    expect(readPointer(document, pointer)).toBeUndefined()
    expect(readPointer({ '~': 1, '~2': 1, 'a~': 1, foo: { bar: 1 } }, pointer)).toBeUndefined()
  })

  it('handles a long hostile pointer and a deep value', () => {
    expect(isJsonPointer(`${'/~0'.repeat(50_000)}~`)).toBe(false)
    expect(isJsonPointer('/a'.repeat(50_000))).toBe(true)
    let deep: unknown = 'end'
    for (let depth = 0; depth < 10_000; depth++) deep = { a: deep }
    expect(readPointer(deep, '/a'.repeat(10_000))).toBe('end')
  })
})
