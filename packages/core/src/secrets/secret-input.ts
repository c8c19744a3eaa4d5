import type { MaybePromise } from '../promises/maybe-promise.js'

/** HTTP Basic credentials. The user name must not contain a colon; the password may. */
export interface BasicCredentials {
  readonly username: string | undefined
  readonly password: string | undefined
}

/** One secret: text in the scheme's notation, the key's bytes, or Basic credentials (also as the text `user:password`). */
export type SecretValue = string | Uint8Array | BasicCredentials

/** A secret with an id, which `delivery.secretId` reports, and an optional expiry. */
export interface LabelledSecret {
  readonly id: string
  readonly value: SecretValue | undefined
  /** When the secret expires: a Date, milliseconds since the epoch, or ISO 8601. */
  readonly notAfter?: Date | number | string
}

/** One or several secrets. The type includes `undefined` so that `process.env.X` fits; it is refused at creation. */
export type SecretSet =
  | SecretValue
  | LabelledSecret
  | undefined
  | readonly (SecretValue | LabelledSecret | undefined)[]

/**
 * The result of a secret resolver. `undefined` or `null` means an unknown tenant, which is refused exactly like a wrong signature.
 *
 * Return the tenant if there are several: two may use the same ids for different events. Without it, the secret that
 * matched separates tenants, and a retry signed with a new secret is a different event.
 */
export type ResolvedSecret = SecretSet | null | { readonly tenant: string; readonly secret: SecretSet }

/** Finds the secrets for a request, for example by tenant. The body is not read yet and nothing is verified. */
export type SecretResolver = (request: {
  readonly method: string
  readonly url: string
  /** Returns the value of a header, or undefined if it is absent or was sent more than once. */
  readonly header: (name: string) => string | undefined
}) => MaybePromise<ResolvedSecret>

/** The option `secret`: fixed secrets, or a function that finds them for each request. */
export type SecretInput = SecretSet | SecretResolver
