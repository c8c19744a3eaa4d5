import type { SignedRequest } from '@countersign/testing'
import {
  addHeader,
  editHeader,
  editProof,
  editProofHeader,
  headerOf,
  proofHeader,
  withoutHeader,
} from '../deliveries/edit-proof.js'
import { forgedDelivery } from '../deliveries/forge.js'
import { idHeader, timeHeader } from '../deliveries/scheme-traits.js'
import type { Examination, Probe } from '../examination.js'

/** Something malformed that anybody can send. */
export interface MalformedProbe extends Probe {
  /** Servers may close the connection over it. */
  readonly mayBeCut?: boolean
}

type Change = (request: SignedRequest) => SignedRequest | undefined

/** Proofs of another length than the right one. */
export function shortSignatures({ scheme, deliveries }: Examination): readonly MalformedProbe[] {
  const forms: readonly (readonly [string, (proof: string) => string])[] = [
    ['a proof of one byte', (proof) => proof.slice(0, 2)],
    ['a proof of half the length', (proof) => proof.slice(0, proof.length >> 1)],
    ['a proof of one character less', (proof) => proof.replace(/=*$/, '').slice(0, -1)],
    ['a proof of no characters', () => ''],
    ['a proof of one byte more', (proof) => `00${proof}`],
    ['a proof that is no encoding of bytes', (proof) => '~'.repeat(proof.length)],
  ]
  return forms.map(([what, edit]) => ({
    what,
    request: editProof(scheme, forgedDelivery(scheme, deliveries), edit),
  }))
}

/** Headers and bodies that cannot be read. */
export function malformedProbes(examination: Examination): readonly MalformedProbe[] {
  const { scheme, deliveries } = examination
  const changes: readonly (readonly [what: string, change: Change, mayBeCut?: boolean])[] = [
    ...headerChanges(examination),
    ...bodyChanges,
  ]
  return changes.flatMap(([what, change, mayBeCut = false]) => {
    const request = change(forgedDelivery(scheme, deliveries))
    return request ? [{ what, request, mayBeCut }] : []
  })
}

function headerChanges({ scheme }: Examination) {
  const name = proofHeader(scheme)
  const inProof =
    (value: string): Change =>
    (request) =>
      editProofHeader(scheme, request, () => value)
  const repeat =
    (place: 'first' | 'last'): Change =>
    (request) =>
      name === undefined ? undefined : addHeader(request, [name, headerOf(request, name) ?? ''], place)
  const time = timeHeader(scheme)
  const inTime =
    (value: string | undefined): Change =>
    (request) => {
      if (!time || time.key !== undefined || time.position !== undefined) return undefined
      return value === undefined
        ? withoutHeader(request, time.header)
        : editHeader(request, time.header, () => value)
    }
  const id = idHeader(scheme)
  const inId =
    (value: string | undefined): Change =>
    (request) => {
      if (id === undefined) return undefined
      return value === undefined ? withoutHeader(request, id) : editHeader(request, id, () => value)
    }
  return [
    ...['=', ',', ' , ,', 'garbage', 'sha256', '=====', '{}', '"', '%00', 't=,v1=', 'Basic', 'Bearer'].map(
      (value) => [`the header ${JSON.stringify(value)}`, inProof(value)] as const,
    ),
    ['an empty header', inProof('')] as const,
    [
      'no header',
      (request: SignedRequest) => (name === undefined ? undefined : withoutHeader(request, name)),
    ] as const,
    ['bytes beyond ASCII in the header', inProof('\u00e9\u00ff\u0080'.repeat(8))] as const,
    ['a header of 6 KB', inProof('a'.repeat(6_000))] as const,
    ['a header of 40 KB', inProof('a'.repeat(40_000)), true] as const,
    [
      'many joined proofs',
      (request: SignedRequest) =>
        editProofHeader(scheme, request, (value) => Array(50).fill(value).join(', ')),
    ] as const,
    ['the header twice', repeat('last')] as const,
    ...['', '0', '-1', 'NaN', 'soon', '9'.repeat(400), '1e999', undefined].map(
      (value) =>
        [
          value === undefined ? 'no time' : `the time ${JSON.stringify(value.slice(0, 12))}`,
          inTime(value),
        ] as const,
    ),
    ['no delivery id', inId(undefined)] as const,
    ['an empty delivery id', inId('')] as const,
    ['a delivery id of 4 KB', inId('a'.repeat(4_000))] as const,
  ]
}

const bodyChanges: readonly (readonly [what: string, change: Change])[] = [
  ['an empty body', ''],
  ['half a JSON text', '{"id":'],
  ['the body null', 'null'],
  ['the body []', '[]'],
  ['a JSON string for a body', '"text"'],
  ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0x80])],
  ['JSON of 10,000 levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ['the key __proto__', '{"__proto__":{"id":1},"constructor":{"prototype":1}}'],
].map(([what, body]) => [
  String(what),
  (request) => (request.method === 'GET' ? undefined : { ...request, body: Buffer.from(body ?? '') }),
])
