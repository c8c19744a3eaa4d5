import type { ReceiverOptions, SecretResolver } from '@countersign/core'
import type { ContractEntry } from './contract-command.js'
import type { ContractForm, ContractRoute } from './contract-route.js'
import { contractSettings } from './contract-settings.js'
import type { RouteCalls, RouteKind } from './plain-routes.js'
import { recordHooks } from './record-hooks.js'
import { RouteState } from './route-state.js'
import { createRouteStore } from './route-store.js'
import { handleDelivery, runDelivery } from './run-delivery.js'
import { watchOptions } from './watch-options.js'

/** A route with its state, as the server half keeps it. */
export interface LiveRoute extends ContractRoute {
  /** What the case that runs has set up. */
  readonly state: () => RouteState
  readonly reset: () => void
  readonly hasItsOptions: () => boolean
}

/** @param describeKind gets what a kind calls that a case can hold or let fail */
export function createRoute(
  { path, form }: { readonly path: string; readonly form: ContractForm },
  describeKind: (calls: RouteCalls) => RouteKind,
): LiveRoute {
  let state = new RouteState()
  const { store, reset } = createRouteStore(() => state)
  const record = (entry: ContractEntry) => void state.log.push(entry)
  const askForSecret: SecretResolver = async ({ method, url, header }) => {
    record({ type: 'asked', method, url, host: header('host') ?? null })
    await state.meet('secret')
    return { tenant: 'contract', secret: contractSettings.secret }
  }
  const kind = describeKind({ askForSecret, meetVerifier: () => state.meet('verifier') })
  const options: ReceiverOptions = {
    now: () => state.now,
    store,
    bodyTimeoutMs: contractSettings.patientMs,
    storeTimeoutMs: contractSettings.patientMs,
    secretTimeoutMs: contractSettings.patientMs,
    onWarning: (message) => record({ type: 'warned', message }),
    ...recordHooks(record),
    ...kind.options,
  }
  const outerOptions = kind.isMountedTwice ? { ...options, endpoint: `outer ${options.endpoint}` } : undefined
  const hasItsOptions = watchOptions(options)
  return {
    path,
    form,
    options,
    isParsedBefore: kind.isParsedBefore === true,
    outerOptions,
    run: (delivery) => runDelivery(delivery, state),
    handle: (delivery) => handleDelivery(delivery, state),
    state: () => state,
    reset() {
      state.end()
      state = new RouteState()
      reset()
    },
    hasItsOptions,
  }
}
