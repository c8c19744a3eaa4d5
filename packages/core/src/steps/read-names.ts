import { encodeLatin1 } from '../encoding/latin1.js'
import {
  type Headers,
  readOptionalHeader,
  readRequiredHeader,
  refuseHeader,
  requireSingleValue,
} from '../headers/read-header.js'
import type { CompiledScheme } from '../schemes/compile-scheme.js'
import type { VerificationSettings } from '../settings/verification-settings.js'

/** The delivery's id and event from headers. Unsigned, unless the scheme signs the id. */
export interface HeaderNames {
  readonly id: string | undefined
  readonly event: string | undefined
  /** The value of the header that the option `identity` names. */
  readonly identity: string | undefined
  readonly attributes: Readonly<Record<string, string>>
}

export function readNames(headers: Headers, { scheme }: VerificationSettings): HeaderNames {
  const names = scheme.headers
  return {
    id: readId(headers, scheme),
    event: readOptionalHeader(headers, names.eventType),
    identity: readOptionalHeader(headers, names.identity),
    attributes: readAttributes(headers, names.attributes),
  }
}

function readId(
  headers: Headers,
  { idIsSigned, template, headers: names }: CompiledScheme,
): string | undefined {
  const name = names.deliveryId
  if (!idIsSigned || name === undefined) return readOptionalHeader(headers, name)
  const id = requireSingleValue(name, readRequiredHeader(headers, name))
  // "a.b" before ".body" and "a" before ".b.body" are the same signed bytes.
  for (const end of template.idEnds)
    if (id.includes(end))
      refuseHeader('MALFORMED', name, `holds "${end}", which ends the id in the signed text`)
  if (!encodeLatin1(id)) refuseHeader('MALFORMED', name, 'holds a character that no header can carry')
  return id
}

const noAttributes: Readonly<Record<string, string>> = Object.freeze({})

function readAttributes(
  headers: Headers,
  sources: CompiledScheme['headers']['attributes'],
): Readonly<Record<string, string>> {
  if (sources.length === 0) return noAttributes
  const attributes: Record<string, string> = {}
  for (const [attribute, header] of sources) {
    const value = readOptionalHeader(headers, header)
    if (value !== undefined) attributes[attribute] = value
  }
  return attributes
}
