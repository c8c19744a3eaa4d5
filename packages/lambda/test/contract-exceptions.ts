import type { TestAdapterOptions } from '@countersign/conformance'

type Exceptions = NonNullable<TestAdapterOptions['exceptions']>

const wholeBody =
  'A gateway invokes the function only after the whole body has arrived, so the function cannot refuse earlier and never sees an incomplete body.'
const ownLimit = 'Gateways have their own limits: they answer 413 without invoking the function.'
const frozen =
  'Lambda freezes the process after the function has answered, so the answer waits for deferred work.'
const again =
  'Tests invoke a function twice with one event to check deduplication, so the same event may be two requests.'
const joined =
  'Payload format 2.0 joins a repeated header with a comma and no space, which looks the same as a valid list of several signatures.'

/** The cases that no function behind a gateway can pass. */
export const buffered: Exceptions = [
  { vector: 'an announced length of 2 GiB', reason: ownLimit },
  ...[
    'a Content-Length over the limit is refused before the first byte of the body',
    'a chunked body over the limit is refused while it is still arriving',
    'a missing signature is refused before the first byte of the body',
    'a wrong method is refused before the first byte of the body',
    'a body that stalls is refused with 408',
    'a chunked body that stalls is refused with 408',
    'senders that send byte by byte are refused with 408, and others are served meanwhile',
    'a body that is cut off runs nothing and does no harm',
    'bodies that are still arriving hold no more than maxPendingBytes: beyond it the answer is 503, until they are gone',
  ].map((name) => ({ case: name, reason: wholeBody })),
  {
    case: 'an adapter that is mounted twice on one path reports it each time, and keeps no claim',
    reason: again,
  },
  { case: 'deferred work continues after the answer, and completes the claim at its end', reason: frozen },
]

/** The cases that no function behind a load balancer can pass: its limit is the default limit of the core. */
export const bufferedBelowOneMebibyte: Exceptions = [
  ...buffered,
  {
    case: 'a body of exactly the default limit of 1 MiB is accepted, and one byte more is refused',
    reason: ownLimit,
  },
]

/** The cases that no function can pass if its events have payload format 2.0. */
export const bufferedAndJoined: Exceptions = [
  ...buffered,
  ...['equal', 'the first right', 'the second right', 'in two cases of its name'].map((which) => ({
    vector: `X-Signature twice, ${which}`,
    file: 'generic-list',
    reason: joined,
  })),
]

/** The cases that no function behind VPC Lattice can pass. */
export const bufferedWithSingleValues: Exceptions = [
  ...buffered,
  {
    case: 'each cookie of a Response of the handler is sent',
    reason: 'A result for VPC Lattice has one value for each header, and cookies cannot be joined.',
  },
]
