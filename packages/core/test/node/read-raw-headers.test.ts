import { describe, expect, test } from 'vitest'
import type { RawHeaders } from '../../src/headers/raw-headers.js'
import { readRawHeaders } from '../../src/node/read-raw-headers.js'

test('keeps each header as it came: its case, its order, and every copy', () => {
  const rawHeaders = [
    'Host',
    'a',
    'X-Signature',
    '1',
    'x-signature',
    '1',
    'Authorization',
    'b',
    'authorization',
    '',
  ]
  expect([...(readRawHeaders({ rawHeaders }) as RawHeaders)]).toEqual([
    ['Host', 'a'],
    ['X-Signature', '1'],
    ['x-signature', '1'],
    ['Authorization', 'b'],
    ['authorization', ''],
  ])
  expect([...(readRawHeaders({ rawHeaders: [] }) as RawHeaders)]).toEqual([])
})

describe('where rawHeaders is not what Node makes, headers are taken', () => {
  const headers = { 'x-signature': '1', 'content-length': 17 as never, 'set-cookie': ['a', 'b'] }

  test.each([
    ['none, as in a mock', undefined],
    ['an empty list, as of serverless-http', []],
    ['a list of pairs', [['x-signature', '1']]],
    ['a name without a value', ['x-signature']],
    ['a name that is no text', [1, '1']],
    ['a value of another kind', ['x-signature', ['1']]],
  ])('%s', (_, rawHeaders) => {
    expect(readRawHeaders({ rawHeaders: rawHeaders as never, headers })).toBe(headers)
    const none = readRawHeaders({ rawHeaders: rawHeaders as never })
    expect({ ...none }).toEqual(rawHeaders?.length === 0 ? { list: [] } : {})
  })

  test('numbers beside strings are genuine, as of serverless-express', () => {
    const rawHeaders = ['X-Signature', '1', 'X-Signature', '2', 'content-length', 17 as never]
    expect([...(readRawHeaders({ rawHeaders, headers }) as RawHeaders)]).toEqual([
      ['X-Signature', '1'],
      ['X-Signature', '2'],
      ['content-length', 17],
    ])
  })
})
