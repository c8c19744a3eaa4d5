import type { PairsForm, SignatureEncoding, TimestampSource, ValueSource } from '@countersign/core'

/** What a fault is a fault of. */
export type FaultTarget = 'secret' | 'body' | 'header' | 'template' | 'algorithm' | 'encoding' | 'time'

/** One way in which what was configured or received differs from what was signed. */
export interface Fault {
  /** A stable name, as `body.trailing-newline-added`; `explain/causes.ts` has the advice for each. */
  readonly cause: string
  readonly target: FaultTarget
  /** Of two explanations with equally many faults, the one with the smaller sum is told. 1 is ordinary. */
  readonly cost: number
}

/** A reading of a secret as key bytes. No faults: the reading that was configured. */
export interface KeyVariant {
  /** Which secret it is a reading of: its place in the list. */
  readonly secret: number
  readonly bytes: Uint8Array
  readonly faults: readonly Fault[]
}

/** A reading of a body as the bytes that may have been signed. */
export interface BodyVariant {
  readonly bytes: Uint8Array
  readonly faults: readonly Fault[]
}

/** Bytes of a digest's length that stand in a header, and how they stand there: perhaps a signature. */
export interface SignaturePlace {
  /** The header's name as it came. */
  readonly header: string
  readonly bytes: Uint8Array
  readonly encoding: SignatureEncoding
  /** Text before the encoded bytes in their part of the header: `sha256=`, `v1,`. Empty: none. */
  readonly prefix: string
  /** The header is a list with this separator; undefined: it is one value, or pairs. */
  readonly list: { readonly separator: string } | undefined
  /** The header holds `name=value` pairs; this pair has the signature. */
  readonly pairs: PairsForm | undefined
  /** Deviations from the strict form a receiver reads. */
  readonly oddities: readonly PlaceOddity[]
}

/** `blanks`: around a part or after a separator. `unpadded`: base64 without its `=`. `repeated`: the header came more than once. */
export type PlaceOddity = 'blanks' | 'quotes' | 'unpadded' | 'repeated'

/** Where a value that may be signed stands: a header, one pair of a header, a field of the body, or nowhere (`text` is literal). */
export interface FoundValue<TSource> {
  readonly text: string
  readonly source: TSource
}
/** `stated`: what stands there, where `text` is the same time in another form. */
export type FoundTime = FoundValue<TimestampSource> & { readonly stated?: string }
export type FoundId = FoundValue<ValueSource>

/** How the body stands in the signed content. */
export type BodyPart = 'body' | 'bodySha256Hex' | 'bodySha256Base64'

/** A signed content, filled but for its body. */
export interface ContentTemplate {
  /** In the notation of `SchemeDescriptor.signedContent`. */
  readonly signedContent: string
  readonly before: Uint8Array
  readonly bodyPart: BodyPart
  readonly after: Uint8Array
  /** What stands for `{timestamp}`, `{id}` and `{url}`, where the template has them. */
  readonly time: FoundTime | undefined
  readonly id: FoundId | undefined
  readonly url: string | undefined
}
