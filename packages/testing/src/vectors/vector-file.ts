import type { SchemeDescriptor, Tolerance, VerificationErrorCode } from '@countersign/core'

/** A file in `test-vectors/vectors/`. Its README and JSON Schema describe the format. */
export interface VectorFile {
  readonly $schema?: string
  /** The file's name without `.json`. */
  readonly name: string
  readonly description: string
  readonly scheme: SchemeDescriptor
  /** The number of cases in all groups. */
  readonly numberOfTests: number
  /** The meaning of each flag of the cases, and the kind of bug it finds. */
  readonly notes: Readonly<Record<string, VectorNote>>
  readonly groups: readonly VectorGroup[]
}

/** The meaning of a flag. */
export interface VectorNote {
  /** The kind of bug it finds, such as `AUTHENTICATION_BYPASS`. */
  readonly bugType: string
  readonly description: string
  readonly source?: string
}

/** Cases that share secrets and options. */
export interface VectorGroup {
  readonly comment: string
  /** The source of the signatures, if not the reference sender. */
  readonly source?: string
  readonly secrets: readonly VectorSecret[]
  readonly options?: VectorOptions
  readonly tests: readonly VectorCase[]
}

/** A secret: text in the scheme's notation, the bytes of the key, or Basic credentials; optionally with id and expiry. */
export type VectorSecret = { readonly id?: string; readonly notAfter?: string } & (
  | { readonly text: string }
  | { readonly base64: string }
  | { readonly username: string; readonly password: string }
)

/** Settings of the receiver that override the scheme's. */
export interface VectorOptions {
  /** In seconds. */
  readonly toleranceSeconds?: number | Tolerance
  /** In bytes. */
  readonly maxBodyBytes?: number
}

/** One request, its time of arrival, and the expected result. */
export interface VectorCase {
  /** Unique in its file. */
  readonly tcId: number
  readonly comment: string
  readonly flags: readonly string[]
  /** The receiver's time in milliseconds since the epoch. */
  readonly now: number
  readonly request: VectorRequest
  /** Set if the case cannot be sent over HTTP, because HTTP parsers would change or refuse it. */
  readonly transport?: 'direct'
  readonly result: 'valid' | 'invalid'
  /** The error code of an invalid case. */
  readonly code?: VerificationErrorCode
  /** Whether the sender's proof is correct. */
  readonly authentic: boolean
  /** The expected delivery of a valid case. */
  readonly delivery?: VectorDelivery
}

/** The request of a case. Headers are in the order of sending; a name may be repeated. */
export interface VectorRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Base64, or repeated parts for a body that is too large for a file. */
  readonly body: string | readonly RepeatedBytes[]
}

/** Bytes to repeat. */
export interface RepeatedBytes {
  /** The bytes in base64. */
  readonly repeat: string
  /** The number of repetitions. */
  readonly times: number
}

/** The fields of a verified delivery that a case checks; null if the sender does not provide the value. */
export interface VectorDelivery {
  readonly secretId: string
  readonly id: string | null
  readonly event: string | null
  /** Milliseconds since the epoch. */
  readonly timestamp: number | null
}
