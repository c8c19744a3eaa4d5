import { expect, it } from 'vitest'
import { buildBody } from './build-body.js'
import { spreadOf } from './statistics.js'
import { plans } from './verify/plans.js'

it.each(plans.full.here.sizes)('a body of %i bytes is valid JSON of that size', (bytes) => {
  for (const text of ['ascii', 'world'] as const) {
    const body = buildBody(bytes, 'e-0001', text)
    expect(body).toHaveLength(bytes)
    expect(JSON.parse(body.toString())).toMatchObject({ id: 'e-0001', type: 'ticket.created' })
  }
})

it('spreadOf returns the quartiles', () => {
  expect(spreadOf([5, 1, 3, 2, 4])).toEqual({ median: 3, p25: 2, p75: 4 })
  expect(spreadOf([1, 2])).toEqual({ median: 1.5, p25: 1.25, p75: 1.75 })
})
