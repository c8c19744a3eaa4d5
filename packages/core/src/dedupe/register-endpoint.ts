import { WebhookConfigurationError } from '../errors.js'
import { isDevelopment } from '../settings/host-process.js'
import type { DedupeStore } from '../stores/dedupe-store.js'

/**
 * The endpoints of each store in this process. Two receivers with the same name would treat each other's deliveries as
 * duplicates. The ESM and the CJS copy of this module share the list through a registered symbol.
 */
const namesByStore = sharedRegistry()

function sharedRegistry(): WeakMap<DedupeStore, Set<string>> {
  const key = Symbol.for('countersign.endpoint-names')
  const shared = globalThis as { [key]?: WeakMap<DedupeStore, Set<string>> }
  shared[key] ??= new WeakMap()
  return shared[key]
}

/**
 * Reserves the endpoint's name within its store.
 *
 * @param warn is called instead of throwing, in development, if another receiver has the name
 * @throws WebhookConfigurationError `ERR_WEBHOOK_ENDPOINT_REQUIRED` or `ERR_WEBHOOK_ENDPOINT_TAKEN`
 */
export function registerEndpoint(
  store: DedupeStore,
  endpoint: string | undefined,
  warn: (message: string) => void,
): void {
  if (endpoint !== undefined && (typeof endpoint !== 'string' || endpoint.trim() === '')) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_OPTION_INVALID',
      'endpoint must be a name, as in endpoint: "tickets".',
    )
  }
  const names = namesByStore.get(store) ?? new Set()
  const clash = findClash(store, names, endpoint)
  // Development servers (Next, Vite) reload an edited module while another module still holds the store.
  if (clash && (!isDevelopment() || (store.shared && endpoint === undefined))) throw clash
  if (clash) warn(`${clash.message} It is no fault where a module was only loaded again.`)
  namesByStore.set(store, names.add(endpoint ?? ''))
}

function findClash(
  { name, shared }: DedupeStore,
  names: ReadonlySet<string>,
  endpoint: string | undefined,
): WebhookConfigurationError | undefined {
  const isNameless = endpoint === undefined || names.has('')
  if ((shared && endpoint === undefined) || (names.size > 0 && isNameless)) {
    return new WebhookConfigurationError(
      'ERR_WEBHOOK_ENDPOINT_REQUIRED',
      `Receivers that share a store (${name}) each need a name of their own: endpoint: "tickets".`,
    )
  }
  if (!names.has(endpoint ?? '')) return undefined
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_ENDPOINT_TAKEN',
    `Two receivers over one store (${name}) are named "${endpoint}"; create it once, or name them apart.`,
  )
}
