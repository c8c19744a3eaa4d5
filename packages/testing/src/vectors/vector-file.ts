import type { SchemeDescriptor, Tolerance, VerificationErrorCode } from '@countersign/core'

/** A file of `test-vectors/vectors/`, as its README and JSON Schema describe it. */
export interface VectorFile {
  readonly $schema?: string
  /** The file's name without `.json`. */
  readonly name: string
  readonly description: string
  readonly scheme: SchemeDescriptor
  readonly numberOfTests: number
  /** What each flag of the cases means, and which mistake it finds. */
  readonly notes: Readonly<Record<string, VectorNote>>
  readonly groups: readonly VectorGroup[]
}

/** What a flag means. */
export interface VectorNote {
  /** The kind of mistake it finds, as `AUTHENTICATION_BYPASS`. */
  readonly bugType: string
  readonly description: string
  readonly source?: string
}

/** Cases that share secrets and options. */
export interface VectorGroup {
  readonly comment: string
  /** Where the signatures come from, if not from the reference sender. */
  readonly source?: string
  readonly secrets: readonly VectorSecret[]
  readonly options?: VectorOptions
  readonly tests: readonly VectorCase[]
}

/** A secret: text in the scheme's notation, the key's bytes, or Basic credentials; perhaps with a name and an end. */
export type VectorSecret = { readonly id?: string; readonly notAfter?: string } & (
  | { readonly text: string }
  | { readonly base64: string }
  | { readonly username: string; readonly password: string }
)

/** Settings of the receiver that differ from the scheme's. */
export interface VectorOptions {
  readonly toleranceSeconds?: number | Tolerance
  readonly maxBodyBytes?: number
}

/** One request, the time it arrives, and what must become of it. */
export interface VectorCase {
  /** Unique in its file. */
  readonly tcId: number
  readonly comment: string
  readonly flags: readonly string[]
  /** The receiver's time, milliseconds since the epoch. */
  readonly now: number
  readonly request: VectorRequest
  /** The case cannot arrive over HTTP as it is here: HTTP parsers would change or refuse it. */
  readonly transport?: 'direct'
  readonly result: 'valid' | 'invalid'
  /** Why an invalid case is refused. */
  readonly code?: VerificationErrorCode
  /** Whether the sender's proof is right. */
  readonly authentic: boolean
  /** What a valid case tells the receiver; null where the sender says nothing. */
  readonly delivery?: VectorDelivery
}

/** The request of a case. Header pairs are in the order of sending; a name may come twice. */
export interface VectorRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Base64, or a recipe for a body too large for a file. */
  readonly body: string | readonly RepeatedBytes[]
}

/** Base64, and how many times the bytes stand there. */
export interface RepeatedBytes {
  readonly repeat: string
  readonly times: number
}

/** What a valid case tells the receiver, as the fields of the same names of a verified delivery. */
export interface VectorDelivery {
  readonly secretId: string
  readonly id: string | null
  readonly event: string | null
  /** Milliseconds since the epoch. */
  readonly timestamp: number | null
}
