import { equalBytes } from '#crypto'
import { WebhookVerificationError } from '../errors.js'
import type { PreparedSecret } from '../secrets/prepare-secrets.js'
import type { SelectedSecrets } from '../secrets/resolve-secrets.js'
import type { DeliveryFields } from '../types.js'
import type { VerificationSettings } from '../verification-settings.js'
import type { HeaderNames } from './read-names.js'
import type { Candidates } from './read-signature.js'
import type { HeaderTime } from './read-timestamp.js'

/** Everything that was read and nothing that was proved. */
export interface UnverifiedDelivery {
  readonly method: string
  readonly candidates: Candidates
  readonly headerTime: HeaderTime | undefined
  readonly names: HeaderNames
  readonly selected: SelectedSecrets
  readonly rawBody: Uint8Array
}

/** What only {@link verifySignature} can make, and every later step asks for. */
export type SignedDelivery = Pick<UnverifiedDelivery, 'names' | 'rawBody'> &
  Brand & {
    readonly tenant: string | undefined
    readonly secretId: string
  }

/** The brand of a verified delivery: a property that exists in types alone. */
type Brand = { readonly [Key in Extract<keyof DeliveryFields, symbol>]: true }

/**
 * Proves who sent the bytes. Every signature is compared with what every secret gives, whether or not one has
 * matched, so that the time taken tells nothing.
 *
 * @param expected what each secret gives for these bytes, in the order of the secrets
 */
export function verifySignature(
  { candidates, selected, rawBody, names }: UnverifiedDelivery,
  expected: readonly Uint8Array[],
  { clock }: VerificationSettings,
): SignedDelivery {
  const matching: PreparedSecret[] = []
  for (const [index, secret] of selected.secrets.entries()) {
    const bytes = expected[index]
    let matches = false
    for (const candidate of candidates) {
      if (bytes && equalBytes(candidate, bytes)) matches = true
    }
    if (matches) matching.push(secret)
  }
  const secret = matching.find(
    ({ notAfter }) => notAfter === Number.POSITIVE_INFINITY || clock.now() <= notAfter,
  )
  if (secret && !selected.unknownTenant) {
    return { names, rawBody, tenant: selected.tenant, secretId: secret.id } as SignedDelivery
  }
  throw refusal(matching.length > 0, selected.unknownTenant)
}

function refusal(expired: boolean, unknownTenant: boolean): WebhookVerificationError {
  if (unknownTenant) {
    return new WebhookVerificationError(
      'ERR_WEBHOOK_TENANT_UNKNOWN',
      'The secret resolver knows no tenant for this request.',
    )
  }
  if (expired) {
    return new WebhookVerificationError(
      'ERR_WEBHOOK_SECRET_EXPIRED',
      'The proof was made with a secret past its notAfter; give the sender the current one.',
    )
  }
  return new WebhookVerificationError(
    'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    'No secret gives this signature for these bytes: another secret, or a body changed on its way.',
  )
}
