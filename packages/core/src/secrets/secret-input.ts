import type { MaybePromise } from '../promises/maybe-promise.js'

/** HTTP Basic credentials. The user name must not hold a colon; the password may. */
export interface BasicCredentials {
  readonly username: string | undefined
  readonly password: string | undefined
}

/** One secret: text in the scheme's own notation, the key's bytes, or Basic credentials (`user:password` as text works too). */
export type SecretValue = string | Uint8Array | BasicCredentials

/** A secret with a name that the result reports, and the time after which it no longer proves anything. */
export interface LabelledSecret {
  readonly id: string
  readonly value: SecretValue | undefined
  readonly notAfter?: Date | number | string
}

/** One or several secrets. `undefined` is in the type so that `process.env.X` fits; it is refused at creation. */
export type SecretSet =
  | SecretValue
  | LabelledSecret
  | undefined
  | readonly (SecretValue | LabelledSecret | undefined)[]

/**
 * What a resolver may answer; `undefined` is an unknown tenant, refused exactly like a wrong signature.
 *
 * Name the tenant where there are several: two may use the same ids for different events. Without a name, the secret that
 * matched tells them apart, and a retry that is signed with a new secret is another event.
 */
export type ResolvedSecret = SecretSet | null | { readonly tenant: string; readonly secret: SecretSet }

/** Finds the secrets for one request, as for one tenant of many. The body is not read yet and nothing is verified. */
export type SecretResolver = (request: {
  readonly method: string
  readonly url: string
  /** The value of a header, or undefined where it is absent or was sent more than once. */
  readonly header: (name: string) => string | undefined
}) => MaybePromise<ResolvedSecret>

/** Secrets as the option `secret` takes them: fixed, or found for each request. */
export type SecretInput = SecretSet | SecretResolver
