import { quoteText } from '../encoding/quote-text.js'
import type { CompiledScheme } from '../schemes/compile-scheme.js'

/** The part of a key that identifies the endpoint, tenant and scheme: the first elements of a JSON array. */
export type KeySource = string

/** @param owner the tenant as JSON; `null` without one */
export function joinSource(
  endpoint: string | undefined,
  owner: string,
  { descriptor }: Pick<CompiledScheme, 'descriptor'>,
): KeySource {
  return `${quoteText(endpoint)},${owner},${quoteText(descriptor.name)}`
}
