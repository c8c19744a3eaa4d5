import { expect, test } from 'vitest'
import { pairHeaders } from '../../src/node/pair-headers.js'

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
  expect(pairHeaders({ rawHeaders })).toEqual([
    ['Host', 'a'],
    ['X-Signature', '1'],
    ['x-signature', '1'],
    ['Authorization', 'b'],
    ['authorization', ''],
  ])
  expect(pairHeaders({ rawHeaders: [] })).toEqual([])
})
