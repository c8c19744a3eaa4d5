import type { SchemeDescriptor } from '@countersign/core'
import type { SignedRequest } from '@countersign/testing'
import { addHeader, editHeader, editParts } from './edit-proof.js'
import { timeHeader } from './scheme-traits.js'

/** The delivery under another time than the one it was signed with. */
export function replaceTime(scheme: SchemeDescriptor, request: SignedRequest, text: string): SignedRequest {
  const source = timeHeader(scheme)
  if (!source) return request
  const { header, key, position } = source
  if (key === undefined && position === undefined) return editHeader(request, header, () => text)
  return editHeader(request, header, (value) =>
    editParts(value, groupSeparator(scheme), (group) =>
      editParts(group, separatorOf(scheme), (part, index) => {
        if (key !== undefined) return part.startsWith(`${key}=`) ? `${key}=${text}` : part
        return index === position ? text : part
      }),
    ),
  )
}

/** The delivery with a second time, before its own or behind it. */
export function addTime(
  scheme: SchemeDescriptor,
  request: SignedRequest,
  text: string,
  place: 'first' | 'last',
): SignedRequest {
  const source = timeHeader(scheme)
  if (!source) return request
  const { header, key, position } = source
  if (key === undefined && position === undefined) return addHeader(request, [header, text], place)
  const time = key === undefined ? text : `${key}=${text}`
  const separator = separatorOf(scheme)
  return editHeader(request, header, (value) =>
    place === 'first' ? `${time}${separator}${value}` : `${value}${separator}${time}`,
  )
}

function separatorOf({ signature }: SchemeDescriptor): string {
  if (!('encoding' in signature)) return ','
  return (signature.pairs ?? signature.list)?.separator ?? ','
}

function groupSeparator({ signature }: SchemeDescriptor): string | undefined {
  return 'encoding' in signature ? signature.pairs?.groups?.separator : undefined
}
