/** The rules that always hold, in the words of an error that reports a broken one. */
export const rules = {
  oneOwner: 'one live owner at a time',
  liveStart: 'a handler starts only while its lease is live',
  honestAnswer: 'an event answered 2xx was handled or is kept for the operator',
  nothingLost: 'no event is lost: it can be claimed again unless it was handled or is kept for the operator',
  notAgain: 'a completed event does not run again while it is retained',
  retention: 'no call shortens the retention',
  noLonger: 'nothing is remembered beyond its retention, except what is kept for the operator',
  stranger: 'a token that does not own the record changes nothing',
  hold: 'with hold, no event runs twice unless an operator allows it',
  acked: 'acked work that fails is kept as failed',
  failed: 'a failed event is kept for the operator',
  counted:
    'every attempt is counted once; a claim that its owner repeats, that meets a live claim or that is a copy is not counted',
  exhausted: 'an event is exhausted only after its sender has made as many attempts as the limit',
  oneEffect: 'with transactions, no effect happens twice',
  emptySuccess: 'with transactions, there is no 2xx without an effect',
  answer: 'the store answers as the contract requires',
} as const

/** A rule that every store keeps, in the words in which {@link CounterexampleError.rule} reports it. */
export type Rule = (typeof rules)[keyof typeof rules]
