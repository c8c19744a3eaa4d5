import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { serve } from '../../../../test/support/serve.js'
import { replaceAnswer } from '../../src/node/answer/replace-answer.js'

const replacement = { status: 500, headers: {}, body: 'replaced', bodyUnread: false }

async function answerBy(route: (response: ServerResponse) => void, isReplaced: boolean): Promise<Response> {
  const { url } = await serve((_request, response) => {
    replaceAnswer(response, {
      mustWait: () => true,
      findReplacement: async () => (isReplaced ? replacement : undefined),
    })
    route(response)
  })
  return fetch(url)
}

const route = (response: ServerResponse) => {
  response.writeHead(202, { 'x-own': 'yes' })
  response.write('o')
  response.end('wn')
}

test('an answer that is not replaced is sent unchanged', async () => {
  const response = await answerBy(route, false)
  expect([response.status, response.headers.get('x-own'), await response.text()]).toEqual([202, 'yes', 'own'])
})

test('a replaced answer leaves nothing behind', async () => {
  const response = await answerBy(route, true)
  expect([response.status, response.headers.get('x-own'), await response.text()]).toEqual([
    500,
    null,
    'replaced',
  ])
})

test('a head that Node refuses after the decision closes the connection, and nothing else fails', async () => {
  const refused = (response: ServerResponse) => {
    response.writeHead(200, { 'x-own': 'line\nbreak' }).end('own')
  }
  // A rejection that nobody handles would fail this run.
  await expect(answerBy(refused, false)).rejects.toThrow('fetch failed')
  expect((await answerBy(route, false)).status).toBe(202)
})
