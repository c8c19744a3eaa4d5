import type { SelectedSecrets } from '../secrets/resolve-secrets.js'
import type { WebhookRequest } from '../types.js'
import type { VerificationSettings } from '../verification-settings.js'

/** The secrets this request may be proved with: the configured ones, or those the resolver finds for it. */
export function selectSecrets(
  request: WebhookRequest,
  { secrets }: VerificationSettings,
): SelectedSecrets | Promise<SelectedSecrets> {
  return typeof secrets === 'function'
    ? secrets(request)
    : { secrets, decoys: [], tenant: undefined, unknownTenant: false, isResolved: false }
}
