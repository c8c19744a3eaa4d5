import { expect, it } from 'vitest'
import { readAnswer } from './read-answer.js'

const read = (text: string) => readAnswer(Buffer.from(text))

it('reads a whole answer, and waits for the rest of one', () => {
  const refusal = 'HTTP/1.1 413 Payload Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}'
  expect(read('HTTP/1.1 204 No Content\r\nDate: x\r\n\r\n')).toEqual({ status: 204, isLast: false })
  expect(read(refusal)).toEqual({ status: 413, isLast: true })
  expect(read(refusal.slice(0, -1))).toBeUndefined()
  expect(read('HTTP/1.1 204 No Content\r\nDate')).toBeUndefined()
})
