import type { TestAdapterOptions } from '@countersign/conformance'

type Exceptions = NonNullable<TestAdapterOptions['exceptions']>

const wholeBody =
  'A gateway invokes the function once the whole body has come, so what refuses before that, or a body that never comes whole, is not seen.'
const ownLimit = 'Gateways have limits of their own: they answer 413 without invoking the function.'
const frozen =
  'Lambda freezes what still runs once the function has answered, so the answer waits for deferred work.'
const again =
  'A test invokes a function twice with one event, to see it deduplicated: the event cannot stand for one request.'
const joined =
  'Payload format 2.0 joins a doubled header with a comma and no blank: an honest list of several signatures looks the same.'

/** What no function behind a gateway can do. Everything else of the contract, it does. */
export const buffered: Exceptions = [
  { vector: 'an announced length of 2 GiB', reason: ownLimit },
  ...[
    'a Content-Length over the limit is refused before the first byte of the body',
    'a chunked body over the limit is refused while it still comes',
    'a missing signature is refused before the first byte of the body',
    'a wrong method is refused before the first byte of the body',
    'a body that stalls is refused with 408',
    'a chunked body that stalls is refused with 408',
    'senders that drip are refused with 408, and others are served meanwhile',
    'a body that breaks off runs nothing, and leaves nothing behind',
    'bodies that are still coming hold no more than maxPendingBytes: beyond it 503, until they are gone',
  ].map((name) => ({ case: name, reason: wholeBody })),
  {
    case: 'an adapter that is mounted twice on one path says so each time, and keeps no claim',
    reason: again,
  },
  { case: 'deferred work goes on after the answer, and completes at its end', reason: frozen },
]

/** What no function can do behind a load balancer, whose limit is the default limit of the core. */
export const bufferedBelowOneMebibyte: Exceptions = [
  ...buffered,
  { case: 'a body of exactly the default limit of 1 MiB is taken, and a byte more is not', reason: ownLimit },
]

/** What no function can do whose events have payload format 2.0. */
export const bufferedAndJoined: Exceptions = [
  ...buffered,
  ...['equal', 'the first right', 'the second right', 'in two cases of its name'].map((which) => ({
    vector: `X-Signature twice, ${which}`,
    file: 'generic-list',
    reason: joined,
  })),
]

/** What no function can do behind VPC Lattice. */
export const bufferedWithSingleValues: Exceptions = [
  ...buffered,
  {
    case: 'each cookie of a Response of the handler is sent',
    reason: 'A result for VPC Lattice has one value for a header, and cookies cannot be joined.',
  },
]
