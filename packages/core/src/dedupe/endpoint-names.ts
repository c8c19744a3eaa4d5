import { WebhookConfigurationError } from '../errors.js'
import type { DedupeStore } from './dedupe-store.js'

/** The endpoints of each store in this process. Two of one name would take each other's deliveries for their own. */
const namesOfStore = new WeakMap<DedupeStore, Set<string>>()

/** @throws WebhookConfigurationError `ERR_WEBHOOK_ENDPOINT_REQUIRED` or `ERR_WEBHOOK_ENDPOINT_TAKEN` */
export function registerEndpoint(store: DedupeStore, endpoint: string | undefined): void {
  if (endpoint !== undefined && (typeof endpoint !== 'string' || endpoint.trim() === '')) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_OPTION_INVALID',
      'endpoint must be a name, as in endpoint: "tickets".',
    )
  }
  const names = namesOfStore.get(store) ?? new Set()
  const isNameless = endpoint === undefined || names.has('')
  if ((store.shared && endpoint === undefined) || (names.size > 0 && isNameless)) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_ENDPOINT_REQUIRED',
      `Receivers that share a store (${store.name}) each need a name of their own: endpoint: "tickets".`,
    )
  }
  if (names.has(endpoint ?? '')) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_ENDPOINT_TAKEN',
      `Two receivers over one store (${store.name}) are named "${endpoint}"; create it once, or name them apart.`,
    )
  }
  namesOfStore.set(store, names.add(endpoint ?? ''))
}
