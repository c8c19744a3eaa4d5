import type { VerifierHeaders } from '../schemes/verifier.js'
import { repeated } from './pick-headers.js'
import { type Headers, refuseHeader } from './read-header.js'

/** Converts the headers of a request for a custom verifier. They cannot be changed. */
export function toVerifierHeaders(headers: Headers): VerifierHeaders {
  return Object.freeze({
    get(name: string): string | undefined {
      const lower = name.toLowerCase()
      const value = headers.get(lower)
      return value === repeated ? refuseHeader('AMBIGUOUS', lower, 'was sent more than once') : value
    },
    *[Symbol.iterator]() {
      for (const [name, value] of headers) if (typeof value === 'string') yield [name, value] as const
    },
  })
}
