import type { HmacProof, PairsForm, SchemeDescriptor } from '@countersign/core'
import type { SignedRequest } from '@countersign/testing'
import { signatureHeaderNames, timePositionOf } from '@countersign/testing/sender'

type Edit = (text: string) => string

/** The delivery with another text where its MAC, its token or its password stands; prefix and time stay. */
export function editProof(scheme: SchemeDescriptor, request: SignedRequest, edit: Edit): SignedRequest {
  const { signature } = scheme
  if (signature.algorithm === 'basic') return editHeader(request, 'authorization', editPassword(edit))
  if (signature.algorithm === 'custom') return editProofHeader(scheme, request, edit) ?? request
  if (signature.algorithm !== 'token') {
    const names = signatureHeaderNames(signature)
    return names.reduce(
      (edited, name) => editHeader(edited, name, editMacs(scheme, signature, edit)),
      request,
    )
  }
  const { header, query, prefix = '' } = signature
  if (query !== undefined) return editQuery(request, query, edit)
  return editHeader(request, header ?? '', (value) => `${prefix}${edit(value.slice(prefix.length))}`)
}

/** The delivery with another value in its header with the proof. Undefined where the proof is in the URL, or nobody knows where. */
export function editProofHeader(
  scheme: SchemeDescriptor,
  request: SignedRequest,
  edit: Edit,
): SignedRequest | undefined {
  const name = proofHeader(scheme)
  return name === undefined ? undefined : editHeader(request, name, edit)
}

export function proofHeader({ signature }: SchemeDescriptor): string | undefined {
  if (signature.algorithm === 'custom') return signature.headers?.[0]
  return signature.algorithm === 'basic' ? 'authorization' : signature.header
}

export function editHeader(request: SignedRequest, name: string, edit: Edit): SignedRequest {
  return {
    ...request,
    headers: request.headers.map(([known, value]) => [known, isSame(known, name) ? edit(value) : value]),
  }
}

/** Adds a header behind the others, or before them. */
export function addHeader(
  request: SignedRequest,
  header: readonly [name: string, value: string],
  place: 'first' | 'last' = 'last',
): SignedRequest {
  return {
    ...request,
    headers: place === 'first' ? [header, ...request.headers] : [...request.headers, header],
  }
}

export function withoutHeader(request: SignedRequest, name: string): SignedRequest {
  return { ...request, headers: request.headers.filter(([known]) => !isSame(known, name)) }
}

export function headerOf({ headers }: SignedRequest, name: string): string | undefined {
  return headers.find(([known]) => isSame(known, name))?.[1]
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function editMacs(scheme: SchemeDescriptor, { prefix = '', list, pairs }: HmacProof, edit: Edit): Edit {
  const prefixed: Edit = (text) => `${prefix}${edit(text.slice(prefix.length))}`
  if (pairs)
    return (value) => editParts(value, pairs.groups?.separator, (group) => editPairs(group, pairs, edit))
  // A time among the signatures stays.
  const position = timePositionOf(scheme)
  return (value) =>
    editParts(value, list?.separator, (part, index) => (index === position ? part : prefixed(part)))
}

/** A pair of a signature's name, and the values that follow it without a name. */
function editPairs(group: string, { separator, key, moreKeys = [], values }: PairsForm, edit: Edit): string {
  let isSignature = false
  return editParts(group, separator, (part) => {
    const equals = part.indexOf('=')
    const isContinued = equals < 0 && values?.separator === separator
    if (!isContinued) isSignature = [key, ...moreKeys].includes(part.slice(0, Math.max(0, equals)))
    if (!isSignature) return part
    return `${part.slice(0, equals + 1)}${editParts(part.slice(equals + 1), values?.separator, edit)}`
  })
}

/** Each part of a value changed by itself; the whole value where nothing separates parts. */
export function editParts(
  value: string,
  separator: string | undefined,
  edit: (part: string, index: number) => string,
): string {
  return separator === undefined ? edit(value, 0) : value.split(separator).map(edit).join(separator)
}

function editPassword(edit: Edit): Edit {
  return (value) => {
    const credentials = Buffer.from(value.replace(/^Basic /, ''), 'base64').toString('utf8')
    const colon = credentials.indexOf(':') + 1
    const edited = `${credentials.slice(0, colon)}${edit(credentials.slice(colon))}`
    return `Basic ${Buffer.from(edited, 'utf8').toString('base64')}`
  }
}

function editQuery(request: SignedRequest, name: string, edit: Edit): SignedRequest {
  const [path = '', query = ''] = request.url.split('?')
  const fields = new URLSearchParams(query)
  fields.set(name, edit(fields.get(name) ?? ''))
  return { ...request, url: `${path}?${fields}` }
}
