import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { createGate } from '../../../../test/support/gate.js'
import { serve } from '../../../../test/support/serve.js'
import { settleByAnswer } from '../../src/node/index.js'
import type { AcceptedDelivery } from '../../src/types.js'

/** Answers one request by `route`, with a claim that is settled when the promise resolves. */
async function answerBy(
  route: (response: ServerResponse) => void,
  settled: Promise<void>,
  isLastAttempt = false,
): Promise<string> {
  const outcome = { response: { status: 200, headers: {}, body: 'kept', bodyUnread: false } }
  const settle = () => settled.then(() => outcome)
  const acceptance = {
    isLastAttempt,
    isCompletionDeferred: () => false,
    settle,
  } as unknown as AcceptedDelivery
  const { url } = await serve((_request, response) => {
    settleByAnswer(response, acceptance)
    route(response)
  })
  return (await fetch(url)).text()
}

test.each([
  ['a success', 200, false, 'own'],
  ['a success on the last attempt', 200, true, 'own'],
  ['a failure', 500, false, 'own'],
  ['a failure on the last attempt, which is replaced', 500, true, 'kept'],
])('%s has ended with end(), although it waits for its claim', async (_what, status, isLast, text) => {
  const seen: boolean[] = []
  const settled = createGate()
  const route = (response: ServerResponse) => {
    response.statusCode = status
    response.write('o')
    seen.push(response.writableEnded)
    response.end('wn')
    seen.push(response.writableEnded, response.writableFinished)
    settled.open()
  }
  expect(await answerBy(route, settled.opened, isLast)).toBe(text)
  expect(seen).toEqual([false, true, false])
})

test('what Node refuses to send has not ended the answer', async () => {
  const seen: boolean[] = []
  await answerBy((response) => {
    expect(() => response.end(7 as never)).toThrow(TypeError)
    seen.push(response.writableEnded)
    response.end('own')
    seen.push(response.writableEnded)
  }, Promise.resolve())
  expect(seen).toEqual([false, true])
})
