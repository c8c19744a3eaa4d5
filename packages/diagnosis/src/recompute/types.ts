import type { PairsForm, SignatureEncoding, TimestampSource, ValueSource } from '@countersign/core'

/** What a fault blames. */
export type FaultTarget = 'secret' | 'body' | 'header' | 'template' | 'algorithm' | 'encoding' | 'time'

/** One difference between what was configured or received and what was signed. */
export interface Fault {
  /** A stable id, such as `body.trailing-newline-added`; `explain/causes` has the advice for each. */
  readonly cause: string
  readonly target: FaultTarget
  /** 1 for a common fault, more for rarer ones. Of two explanations with equally many faults, the lower sum wins. */
  readonly cost: number
}

/** A secret interpreted as key bytes. Without faults, it is the configured interpretation. */
export interface KeyVariant {
  /** The index of the secret in the list. */
  readonly secret: number
  readonly bytes: Uint8Array
  readonly faults: readonly Fault[]
}

/** A variant of a body: bytes that may have been signed. */
export interface BodyVariant {
  readonly bytes: Uint8Array
  readonly faults: readonly Fault[]
}

/** Bytes in a header with the length of a digest, which may be a signature, and their format there. */
export interface SignaturePlace {
  /** The header's name as received. */
  readonly header: string
  readonly bytes: Uint8Array
  readonly encoding: SignatureEncoding
  /** Text before the encoded bytes in their part of the header, such as `sha256=` or `v1,`; empty if there is none. */
  readonly prefix: string
  /** The separator if the header is a list; undefined for a single value or pairs. */
  readonly list: { readonly separator: string } | undefined
  /** The pair with the signature, if the header has `name=value` pairs. */
  readonly pairs: PairsForm | undefined
  /** Deviations from the strict format that receivers read. */
  readonly oddities: readonly PlaceOddity[]
}

/** `blanks`: spaces around a part or after a separator. `unpadded`: base64 without `=`. `repeated`: the header is repeated. */
export type PlaceOddity = 'blanks' | 'quotes' | 'unpadded' | 'repeated'

/** A value that may be signed and its source: a header, one pair of a header, or a field of the body. */
export interface FoundValue<TSource> {
  readonly text: string
  readonly source: TSource
}
/** `stated`: the text at the source, if `text` is the same time in a different format. */
export type FoundTime = FoundValue<TimestampSource> & { readonly stated?: string }
export type FoundId = FoundValue<ValueSource>

/** The form of the body in the signed content. */
export type BodyPart = 'body' | 'bodySha256Hex' | 'bodySha256Base64'

/** A signed content with everything filled in except the body. */
export interface ContentTemplate {
  /** In the notation of `SchemeDescriptor.signedContent`. */
  readonly signedContent: string
  readonly before: Uint8Array
  readonly bodyPart: BodyPart
  readonly after: Uint8Array
  /** The values of `{timestamp}`, `{id}` and `{url}`, if the template has them. */
  readonly time: FoundTime | undefined
  readonly id: FoundId | undefined
  readonly url: string | undefined
}
