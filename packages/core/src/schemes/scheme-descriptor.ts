/** Keyed hashes a scheme may name. The algorithm is the scheme's constant; nothing in a message can change it. */
export type HmacAlgorithm = 'hmac-sha256' | 'hmac-sha1' | 'hmac-sha384' | 'hmac-sha512'

/** How the bytes of a MAC are written. Hex is read in either case (RFC 4648 section 8); base64 only in its one canonical spelling. */
export type SignatureEncoding = 'hex' | 'base64' | 'base64url'

/**
 * An HMAC of {@link SchemeDescriptor.signedContent} in a header, or several during a rotation, one for each secret.
 * A request offers up to 16 signatures. Each is compared with what each secret gives; one that matches is enough.
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
  /** The header may come several times, with one signature each (Mollie). Joined with commas, as platforms do, it is read the same. */
  readonly repeats?: true
  readonly encoding: SignatureEncoding
  /** Text that stands before the encoded MAC: `sha256=`, or `v1,` before each member of a list. */
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
  /** Between two pairs. */
  readonly separator: string
  /** The name of the signatures' pairs. */
  readonly key: string
  /** Other names under which a signature may stand (TabaPay: `v2` for the previous secret). */
  readonly moreKeys?: readonly string[]
  /**
   * The header is a list of such groups of pairs, one for each secret (Persona: `t=...,v1=... t=...,v1=...`). Groups
   * that state a time must all state the same one.
   */
  readonly groups?: { readonly separator: string }
  /** A pair may hold several values, which may be separated as the pairs are (Hookdeck Outpost: `t=...,v0=a,b`). */
  readonly values?: { readonly separator: string }
}

/** A shared token that the sender repeats as it is. It proves the sender, not the body. */
export interface TokenProof {
  readonly algorithm: 'token'
  /** The header that carries the token. Exactly one of `header` and `query` is given. */
  readonly header?: string
  /** The name of the query parameter that carries the token. URLs end up in logs: prefer a header. */
  readonly query?: string
  /** Text before the token in the header, as `Bearer `. */
  readonly prefix?: string
}

/** HTTP Basic credentials (RFC 7617). They prove the sender, not the body. */
export interface BasicProof {
  readonly algorithm: 'basic'
}

/**
 * A proof that code of the user's own checks: see `customScheme`, which alone makes one. The code is not part of the data,
 * so such a scheme cannot be written to JSON and read back.
 */
export interface CustomProof {
  readonly algorithm: 'custom'
  /** Headers without which there is no proof, the signature's first. Each must come once. */
  readonly headers?: readonly string[]
}

/** What a sender offers as proof: a keyed hash, a secret repeated as it is, or what only its own SDK can check. */
export type Proof = HmacProof | TokenProof | BasicProof | CustomProof

/** Where the sender states the time of the attempt. It must be covered by the signature. */
export type TimestampSource =
  | {
      readonly header: string
      /** The time is one of the signature header's `name=value` pairs (Stripe: `t`). */
      readonly key?: string
      /** The time is a member of the signature header's list, counted from 0 (Recurly: `<ms>,<hex>,<hex>` has it at 0). */
      readonly position?: number
      readonly unit: 's' | 'ms' | 'iso8601'
    }
  | {
      /** A JSON pointer (RFC 6901) into the signed body. */
      readonly json: string
      readonly unit: 's' | 'ms' | 'iso8601'
    }

/** A value the sender puts in a header, or in the body under a JSON pointer (RFC 6901). */
export type ValueSource = { readonly header: string } | { readonly json: string }

/** Past and future side of the acceptance window, in seconds. */
export interface Tolerance {
  readonly past: number
  readonly future: number
}

/** What tells one event from another, where the scheme's own answer does not fit: see {@link SchemeDescriptor.identity}. */
export type Identity = 'none' | 'body-digest' | ValueSource

/**
 * A sender's scheme: what its documentation says, as data. It computes nothing, and it can be written to a JSON
 * file and read back.
 */
export interface SchemeDescriptor {
  /** Kebab-case, as on the command line: `fingerprinting-api`. Part of every dedupe key. */
  readonly name: string
  readonly signature: Proof
  /**
   * The bytes the MAC covers: `{body}`, `{timestamp}`, `{id}` (the delivery id's header), `{method}` and `{url}`
   * between literal text. Required for an HMAC, meaningless for other proofs.
   *
   * One signature must not fit two deliveries, so text has to end each part that varies, by a character the part cannot
   * hold: `{timestamp}.{body}`, not `{id}{body}`. A `{timestamp}` may come right before `{body}` where the payload is JSON,
   * which must then begin with `{` or `[`.
   *
   * Where the sender signs the body's SHA-256 instead of the body, `{bodySha256Hex}` (lower-case) or
   * `{bodySha256Base64}` (with padding) stands in the place of `{body}`: exactly one of the three, once. The receiver
   * digests the bytes that came; a digest that a header states is never believed.
   */
  readonly signedContent?: string
  /** The public URL that `{url}` stands for. It is configured, never read from the request, whose headers a stranger writes. */
  readonly url?: string
  /** `false` where the user switched a scheme's time off. */
  readonly timestamp?: TimestampSource | false
  /** Seconds a timestamp may lie in the past and in the future; one number is both. Default 300; 0 is a value. */
  readonly toleranceSeconds?: number | Tolerance
  /** What the sender calls the delivery. In a header it is unsigned unless `signedContent` holds `{id}`. */
  readonly deliveryId?: ValueSource
  /** What the sender calls the event, inside the body. */
  readonly eventId?: { readonly json: string }
  /** Names the event: the signed body's word wins over the header's. Several pointers are tried in order. */
  readonly eventType?: {
    readonly header?: string
    readonly json?: string | readonly string[]
    readonly value?: string
  }
  /** The event names that the sender documents. The list is open: the sender may add others, and they reach the handler. */
  readonly events?: readonly string[]
  /**
   * Events by which the sender tries the endpoint, as Slack's `url_verification`: they have nothing that identifies them by
   * design, so none is missed there.
   */
  readonly handshakes?: readonly string[]
  /** Other unsigned headers that reach the handler as `delivery.attributes`, and so are part of the dedupe key. */
  readonly attributes?: Readonly<Record<string, { readonly header: string }>>
  /** Equal bodies are the same event, where these fields make a body unique. Used only when there is no id. */
  readonly bodyDigest?: { readonly requires: readonly string[]; readonly requiresOneOf: readonly string[] }
  /**
   * Overrides what deduplicates. A field must be set by the sender and not by its visitors, who could otherwise
   * make another's event look like a repetition. `body-digest` takes two equal bodies for one event.
   */
  readonly identity?: Identity
  /**
   * What the sender's body is. Default `json`. The content type is not signed and decides nothing: a stranger could send
   * signed JSON again and call it a form.
   *
   * - `json`: JSON (RFC 8259) in UTF-8.
   * - `form`: `application/x-www-form-urlencoded`, of up to 1,000 fields. A field that comes more than once is a list.
   * - `json-or-form`: what parses as JSON is JSON, anything else is a form.
   * - `query-or-body`: the fields of the URL's query where the body is empty, else as `json-or-form`. For tokens and Basic
   *   only, since no signature covers the query.
   * - `bytes`: not read; the payload is the bytes.
   */
  readonly payload?: 'json' | 'form' | 'json-or-form' | 'query-or-body' | 'bytes'
  /**
   * JSON may also come as this field of a form (GitHub, Slack: `payload`). The body then begins with the field, and holds it
   * once.
   */
  readonly formJsonField?: string
  /**
   * For senders that compress bodies with gzip: whether they sign the body before that (`decoded`) or the bytes they send
   * (`as-sent`). What comes out is bounded by `maxBodyBytes`. Default: a compressed body is refused.
   */
  readonly contentEncoding?: 'decoded' | 'as-sent'
  /** Methods the sender uses, upper-case. Default `['POST']`. */
  readonly methods?: readonly string[]
  /** How a secret in text form becomes the key. Default: its UTF-8 bytes. */
  readonly secret?: {
    readonly encoding: 'utf8' | 'base64' | 'hex'
    /** Text before the encoded key that is not part of it; of several, the first that fits. A secret without it is read, too. */
    readonly prefix?: string | readonly string[]
  }
  /** Seconds before each attempt, the first included: `[0, 30, 120]`. `[0]` for a sender that never retries by itself. */
  readonly retries?: readonly number[]
  /** Seconds for which the sender retries, where it does not publish the schedule. */
  readonly retriesForSeconds?: number
  /** Seconds the sender waits for an answer. */
  readonly respondWithin?: number
  /** Failed attempts at one event after which the sender switches the endpoint off. */
  readonly disablesAfter?: number
  /** Largest body accepted, in bytes, where the sender is known to need more than the default 1 MiB. */
  readonly maxBodyBytes?: number
}

/** What a user may override of a scheme: `visibuild({ toleranceSeconds: 60 })`. */
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
 * The name of an event the scheme's types do not list: senders add events, so a `switch` keeps its default branch. The
 * type overlaps with no literal, or `payload` would not be narrowed by the listed names. To compare it with a name of
 * your own, name the event in the scheme's type argument, or read it as `const name: string | undefined = delivery.event`.
 */
export type UnknownEventName = `unlisted ${string}` & { readonly [unknownEvent]: true }

/** An event and what it carries. A scheme's events are a union of these, discriminated by `event`. */
export interface WebhookEvent {
  readonly event: string | undefined
  readonly payload: unknown
}

/** The open end of a scheme's union of events. */
export interface UnknownEvent extends WebhookEvent {
  readonly event: UnknownEventName | undefined
  readonly payload: unknown
}

/** A descriptor that was checked by {@link defineScheme}, with the types of the sender's events. */
export interface Scheme<TEvent extends WebhookEvent = WebhookEvent> extends SchemeDescriptor {
  /** Never there at run time: it carries the types. */
  readonly '~event'?: TEvent
}
