/** What must hold whatever happens, in the words in which its breach is reported. */
export const rules = {
  oneOwner: 'one live owner at a time',
  liveStart: 'a handler starts only while its lease is live',
  honestAnswer: 'an event answered 2xx was handled, or is kept for the operator',
  nothingLost: 'no event is lost: it can be claimed again unless it was handled or is kept for the operator',
  notAgain: 'a completed event does not run again while it is retained',
  retention: 'no call shortens the retention',
  noLonger: 'nothing is remembered beyond its retention, except for the operator',
  stranger: 'a token that does not own the record changes nothing',
  hold: 'with hold, no event runs twice by itself',
  acked: 'acked work that fails is kept as failed',
  failed: 'what failed is kept for the operator',
  counted:
    'every attempt is counted once: no claim that its owner repeats, that meets a live one, or that is a copy',
  exhausted: 'an event is given up only after so many attempts of its sender',
  oneEffect: 'in a transaction, no effect happens twice',
  emptySuccess: 'in a transaction, there is no 2xx without an effect',
  answer: 'the store answers as the contract says',
} as const

/** One of the {@link rules}. */
export type Rule = (typeof rules)[keyof typeof rules]
