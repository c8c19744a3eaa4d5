import { expect, test } from 'vitest'
import { serve } from '../../../../test/support/serve.js'
import { isHeadSent } from '../../src/node/answer/is-head-sent.js'

test("is Node's own state, whatever a host made of the property", async () => {
  const states: boolean[] = []
  const { url } = await serve((_request, response) => {
    Object.defineProperty(response, 'headersSent', { get: () => response.writableEnded, configurable: true })
    states.push(isHeadSent(response))
    response.flushHeaders()
    states.push(isHeadSent(response))
    response.end()
  })
  await fetch(url)
  expect(states).toEqual([false, true])
})

test('is the property where the response is not of node:http', () => {
  expect(isHeadSent({ headersSent: true })).toBe(true)
  expect(isHeadSent({ headersSent: false })).toBe(false)
})
