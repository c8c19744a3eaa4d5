import type { SelectedSecrets } from '../secrets/resolve-secrets.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { WebhookRequest } from '../types.js'

/** Selects the secrets for a request: the configured ones, or those that the resolver finds for it. */
export function selectSecrets(
  request: WebhookRequest,
  { secrets }: VerificationSettings,
): SelectedSecrets | Promise<SelectedSecrets> {
  return typeof secrets === 'function'
    ? secrets(request)
    : { secrets, decoys: [], tenant: undefined, unknownTenant: false, isResolved: false }
}
