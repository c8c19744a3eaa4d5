/** The MAC algorithms of schemes. The algorithm is fixed by the scheme: nothing in a request can change it. */
export type HmacAlgorithm = 'hmac-sha256' | 'hmac-sha1' | 'hmac-sha384' | 'hmac-sha512'

/** How a MAC is encoded. Hex is read in either case (RFC 4648 section 8), base64 only in its canonical form. */
export type SignatureEncoding = 'hex' | 'base64' | 'base64url'

/**
 * An HMAC of {@link SchemeDescriptor.signedContent} in a header, or several during a rotation, one for each secret.
 * A request may carry up to 16 signatures. Each is compared with the MAC of each secret; one match is enough.
 */
export interface HmacProof {
  readonly algorithm: HmacAlgorithm
  /** The header's name, in any case. */
  readonly header: string
  /**
   * Other headers that carry a signature each, of the same form (Box: `BOX-SIGNATURE-SECONDARY`). `numbered`: the name
   * of `header` ends in a number, and the 15 numbers after it may follow (DocuSign: `X-DocuSign-Signature-1`, `-2`).
   * Any of the headers may be absent, but not all.
   */
  readonly moreHeaders?: readonly string[] | 'numbered'
  /** The header may repeat, with one signature each (Mollie). Values that a platform joined with commas are read the same way. */
  readonly repeats?: true
  /** How the MAC is encoded. */
  readonly encoding: SignatureEncoding
  /** Text before the encoded MAC: `sha256=`, or `v1,` before each member of a list. */
  readonly prefix?: string
  /**
   * The header is a list of signatures with this separator; members without the prefix are ignored. One member may be
   * the time: see `position` of {@link TimestampSource}.
   */
  readonly list?: { readonly separator: string }
  /** The header holds `name=value` pairs (Stripe: `t=...,v1=...`). */
  readonly pairs?: PairsForm
}

/** How a header holds `name=value` pairs. */
export interface PairsForm {
  /** The text between two pairs: `,`. */
  readonly separator: string
  /** The name of the pairs that hold a signature: `v1`. */
  readonly key: string
  /** Other names of pairs that hold a signature (TabaPay: `v2` for the previous secret). */
  readonly moreKeys?: readonly string[]
  /**
   * The header is a list of such groups of pairs, one for each secret (Persona: `t=...,v1=... t=...,v1=...`). Groups
   * that state a time must all state the same one.
   */
  readonly groups?: { readonly separator: string }
  /** A pair may hold several values, which may be separated as the pairs are (Hookdeck Outpost: `t=...,v0=a,b`). */
  readonly values?: { readonly separator: string }
}

/** A shared secret that the sender sends unchanged. It proves the sender, not the body. */
export interface TokenProof {
  readonly algorithm: 'token'
  /** The header that carries the token. Exactly one of `header` and `query` is given. */
  readonly header?: string
  /** The query parameter that carries the token. URLs end up in logs: prefer a header. */
  readonly query?: string
  /** Text before the token in the header: `Bearer `. */
  readonly prefix?: string
}

/** HTTP Basic credentials (RFC 7617). They prove the sender, not the body. */
export interface BasicProof {
  readonly algorithm: 'basic'
}

/**
 * A proof that the application's own code checks; created by `customScheme` only. The code is not part of the data,
 * so such a scheme cannot be saved as JSON and read back.
 */
export interface CustomProof {
  readonly algorithm: 'custom'
  /** Headers that must be present, the signature's first. Each must appear exactly once. */
  readonly headers?: readonly string[]
}

/** How a sender proves a request: by a MAC, by a secret sent unchanged, or by something that only its own SDK can check. */
export type Proof = HmacProof | TokenProof | BasicProof | CustomProof

/** Where the sender puts the timestamp of the attempt. It must be covered by the signature. */
export type TimestampSource =
  | {
      readonly header: string
      /** The timestamp is one of the signature header's `name=value` pairs (Stripe: `t`). */
      readonly key?: string
      /** The timestamp is a member of the signature header's list, counted from 0 (Recurly: `<ms>,<hex>,<hex>` has it at 0). */
      readonly position?: number
      readonly unit: 's' | 'ms' | 'iso8601'
    }
  | {
      /** A JSON pointer (RFC 6901) into the signed body. */
      readonly json: string
      readonly unit: 's' | 'ms' | 'iso8601'
    }

/** A value in a header, or in the body at a JSON pointer (RFC 6901). */
export type ValueSource = { readonly header: string } | { readonly json: string }

/** The acceptance window of a signed timestamp, in seconds before and after now. */
export interface Tolerance {
  readonly past: number
  readonly future: number
}

/** What identifies an event, where the scheme's default does not fit: see {@link SchemeDescriptor.identity}. */
export type Identity = 'none' | 'body-digest' | ValueSource

/**
 * A sender's scheme: what its documentation says, as data. It contains no code and can be saved as JSON and read
 * back.
 */
export interface SchemeDescriptor {
  /** Kebab-case, as on the command line: `fingerprinting-api`. Part of every dedupe key. */
  readonly name: string
  /** How the sender proves a request. */
  readonly signature: Proof
  /**
   * The bytes the MAC covers: `{body}`, `{timestamp}`, `{id}` (the delivery id's header), `{method}` and `{url}`
   * between literal text. Required for an HMAC, meaningless for other proofs.
   *
   * One signature must not be valid for two deliveries, so each variable part must end with text that the part cannot
   * contain: `{timestamp}.{body}`, not `{id}{body}`. `{timestamp}` may directly precede `{body}` if the payload is JSON,
   * which must then begin with `{` or `[`.
   *
   * If the sender signs the body's SHA-256 instead of the body, use `{bodySha256Hex}` (lower-case) or
   * `{bodySha256Base64}` (with padding) instead of `{body}`: exactly one of the three, once. The receiver
   * hashes the bytes it received; a digest in a header is never trusted.
   */
  readonly signedContent?: string
  /** The public URL that replaces `{url}`. It is configured and never read from the request, whose headers an attacker controls. */
  readonly url?: string
  /** Where the timestamp is; `false` switches the scheme's timestamp off. */
  readonly timestamp?: TimestampSource | false
  /** Seconds that a timestamp may lie in the past and in the future; one number sets both. Default 300; 0 is allowed. */
  readonly toleranceSeconds?: number | Tolerance
  /** Where the delivery's id is. In a header it is unsigned unless `signedContent` contains `{id}`. */
  readonly deliveryId?: ValueSource
  /** Where the event's id is in the body. */
  readonly eventId?: { readonly json: string }
  /** Where the event's name is. The signed body takes precedence over the header; several pointers are tried in order. */
  readonly eventType?: {
    readonly header?: string
    readonly json?: string | readonly string[]
    readonly value?: string
  }
  /** The event names that the sender documents. Events with other names reach the handler too. */
  readonly events?: readonly string[]
  /**
   * Events with which the sender tests the endpoint, such as Slack's `url_verification`. They have no id by design, so no
   * warning is logged for them.
   */
  readonly handshakes?: readonly string[]
  /** Other unsigned headers that reach the handler as `delivery.attributes`. They are part of the dedupe key. */
  readonly attributes?: Readonly<Record<string, { readonly header: string }>>
  /** Treats equal bodies as the same event if these fields make a body unique. Used only if there is no id. */
  readonly bodyDigest?: { readonly requires: readonly string[]; readonly requiresOneOf: readonly string[] }
  /**
   * Overrides what identifies an event. The field must be set by the sender and not by its users, who could otherwise
   * make another user's event look like a repetition. `body-digest` treats two equal bodies as one event.
   */
  readonly identity?: Identity
  /**
   * The format of the body. Default `json`. The unsigned content type is ignored: an attacker could replay signed JSON as a
   * form to change its meaning.
   *
   * - `json`: JSON (RFC 8259) in UTF-8.
   * - `form`: `application/x-www-form-urlencoded`, with up to 1,000 fields. A repeated field is a list.
   * - `json-or-form`: what parses as JSON is JSON, anything else is a form.
   * - `query-or-body`: the fields of the URL's query if the body is empty, else as `json-or-form`. For tokens and Basic
   *   only, since no signature covers the query.
   * - `bytes`: not parsed; the payload is the bytes.
   */
  readonly payload?: 'json' | 'form' | 'json-or-form' | 'query-or-body' | 'bytes'
  /**
   * The JSON may also be in this field of a form (GitHub, Slack: `payload`). The body must then begin with the field and
   * contain it once.
   */
  readonly formJsonField?: string
  /**
   * For senders that compress bodies with gzip: whether they sign the body before compression (`decoded`) or the bytes they send
   * (`as-sent`). The decompressed size is limited by `maxBodyBytes`. Default: a compressed body is refused.
   */
  readonly contentEncoding?: 'decoded' | 'as-sent'
  /** The methods that the sender uses, upper-case. Default `['POST']`. */
  readonly methods?: readonly string[]
  /** How a secret as text is decoded to the key. Default: its UTF-8 bytes. */
  readonly secret?: {
    readonly encoding: 'utf8' | 'base64' | 'hex'
    /** Text before the encoded key that is not part of it; of several, the first that matches. A secret without it is accepted too. */
    readonly prefix?: string | readonly string[]
  }
  /** Seconds before each attempt, the first included: `[0, 30, 120]`. `[0]` for a sender that never retries by itself. */
  readonly retries?: readonly number[]
  /** Seconds for which the sender retries, if it does not publish the schedule. */
  readonly retriesForSeconds?: number
  /** Seconds that the sender waits for a response. */
  readonly respondWithin?: number
  /** Failed attempts at one event after which the sender disables the endpoint. */
  readonly disablesAfter?: number
  /** Largest accepted body in bytes, if the sender is known to need more than the default of 1 MiB. */
  readonly maxBodyBytes?: number
}

/** The fields of a scheme that an application may override: `visibuild({ toleranceSeconds: 60 })`. */
export type SchemeOptions = Partial<
  Pick<
    SchemeDescriptor,
    | 'timestamp'
    | 'toleranceSeconds'
    | 'identity'
    | 'maxBodyBytes'
    | 'respondWithin'
    | 'retries'
    | 'disablesAfter'
  >
>

declare const unknownEvent: unique symbol

/**
 * The name of an event that the scheme's types do not list: senders add events, so a `switch` needs a default branch. The
 * type overlaps with no literal; otherwise the listed names would not narrow `payload`. To compare it with another name,
 * add the event to the scheme's type argument, or read it as `const name: string | undefined = delivery.event`.
 */
export type UnknownEventName = `unlisted ${string}` & { readonly [unknownEvent]: true }

/** An event's name and payload. A scheme's events are a union of these, discriminated by `event`. */
export interface WebhookEvent {
  readonly event: string | undefined
  readonly payload: unknown
}

/** The member of a scheme's union of events for names that the scheme does not list. */
export interface UnknownEvent extends WebhookEvent {
  readonly event: UnknownEventName | undefined
  readonly payload: unknown
}

/** A descriptor that `defineScheme` has checked, with the types of the sender's events. */
export interface Scheme<TEvent extends WebhookEvent = WebhookEvent> extends SchemeDescriptor {
  /** Does not exist at run time: it carries the types. */
  readonly '~event'?: TEvent
}
