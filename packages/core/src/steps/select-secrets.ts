import type { SelectedSecrets } from '../secrets/resolve-secrets.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { WebhookRequest } from '../types.js'

/** The secrets this request may be proved with: the configured ones, or those the resolver finds for it. */
export function selectSecrets(
  request: WebhookRequest,
  { secrets }: VerificationSettings,
): SelectedSecrets | Promise<SelectedSecrets> {
  return typeof secrets === 'function'
    ? secrets(request)
    : { secrets, decoys: [], tenant: undefined, unknownTenant: false, isResolved: false }
}
