import type { ContractException } from '@countersign/conformance'

const rewritesQuery: readonly ContractException[] = [
  {
    case: 'the secret resolver gets the original request',
    reason: 'Next.js rewrites the query before a route gets the request: a%20b becomes a+b.',
  },
]

const authorizationReason =
  'Node.js drops a second Authorization header, and Next.js builds its request from the remaining headers.'

const hidesAuthorization: readonly ContractException[] = [
  {
    case: 'a second Authorization header is refused, equal or not',
    reason: authorizationReason,
  },
  ...['authorization', 'Authorization'].flatMap((header) =>
    ['equal', 'the first right', 'the second right', 'in two cases of its name'].map((which) => ({
      vector: `${header} twice, ${which}`,
      reason: authorizationReason,
    })),
  ),
]

const edgeReason =
  'In its edge runtime, next start sends no answer before the whole body has arrived, and does not report a body that is cut off.'

const waitsForBody: readonly ContractException[] = [
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
  ].map((name) => ({ case: name, reason: edgeReason })),
  { vector: 'an announced length of 2 GiB', reason: edgeReason },
]

const noStreams =
  'The edge runtime of next start decompresses nothing, so a compressed body is refused as encoded.'

const cannotDecompress: readonly ContractException[] = [
  ...[
    'a compressed body',
    'a compressed body without its Content-Encoding',
    'Content-Encoding in capitals',
    'a small body that decompresses to more than the limit',
  ].flatMap((vector) =>
    ['generic-gzip', 'generic-gzip-as-sent'].map((file) => ({ vector, file, reason: noStreams })),
  ),
  { vector: 'a compressed body signed by its other bytes', file: 'generic-gzip', reason: noStreams },
]

const addsParameters: readonly ContractException[] = [
  {
    vector: 'no body',
    file: 'scratcher-get',
    reason: "In its edge runtime, Next.js adds the route's parameters to the query, which is then not empty.",
  },
]

/** The cases that no route can pass because of Next.js, by the part of Next.js that runs the route. */
export const contractExceptions = {
  app: [...rewritesQuery, ...hidesAuthorization],
  edge: [...rewritesQuery, ...hidesAuthorization, ...waitsForBody, ...cannotDecompress, ...addsParameters],
  pages: rewritesQuery,
}
