import type { SendCommand } from '../../src/index.js'

/** What a server or a proxy might say that is no answer to any command of the store. */
const rubbish = [
  'rubbish',
  42,
  {},
  undefined,
  ['0'],
  [7, 'k'],
  true,
  '',
  'claimed',
  'claimed 0',
  Buffer.from('OK'),
]

/** Answers something else each time. */
export function answerRubbish(): SendCommand {
  let turn = 0
  return async () => rubbish[turn++ % rubbish.length]
}

/** Takes every command, and never answers. */
export const neverAnswer: SendCommand = () => new Promise(() => {})
