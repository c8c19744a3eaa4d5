import { type Delivery, WebhookPermanentError } from '@countersign/core'
import type { ContractDelivery, ContractRun } from './contract-command.js'
import { contractSettings } from './contract-settings.js'
import type { RouteState } from './route-state.js'

/** The user's code: writes down what it got, and ends as the case planned. @returns the status it answers */
export async function runDelivery(delivery: Delivery, state: RouteState): Promise<number> {
  const { status = 200 } = await endAsPlanned(delivery, state)
  return status
}

/** The same as a handler, which may return an answer of its own. */
export async function handleDelivery(delivery: Delivery, state: RouteState): Promise<Response | undefined> {
  const { answers } = await endAsPlanned(delivery, state)
  if (!answers) return undefined
  const { status, headers = [], body } = answers
  const bytes = body === undefined ? null : Uint8Array.from(body, (character) => character.charCodeAt(0))
  return new Response(bytes, {
    status,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  })
}

async function endAsPlanned(delivery: Delivery, state: RouteState): Promise<ContractRun> {
  const run = state.nextRun()
  const { gate, throws, defers, deferredFails, transaction } = run
  state.log.push({ type: 'ran', delivery: await describeDelivery(delivery) })
  if (gate !== undefined) await state.pass(gate)
  if (defers !== undefined) delivery.defer(endDeferred(state.pass(defers), deferredFails))
  if (transaction !== undefined) await delivery.completeIn(transaction)
  if (throws === 'error') throw new Error(contractSettings.failure)
  if (throws === 'permanent') throw new WebhookPermanentError(contractSettings.failure)
  if (throws === 'text') throw contractSettings.failure
  return run
}

async function endDeferred(work: Promise<void>, fails = false): Promise<void> {
  await work
  if (fails) throw new Error(contractSettings.failure)
}

async function describeDelivery(delivery: Delivery): Promise<ContractDelivery> {
  const { secretId, id, event, timestamp, attempt, rawBody, payload } = delivery
  return {
    secretId,
    id: id ?? null,
    event: event ?? null,
    timestamp: timestamp ?? null,
    attempt,
    digest: await digestHex(rawBody),
    bytes: rawBody.length,
    payload: payload instanceof Uint8Array ? null : JSON.stringify(payload ?? null),
  }
}

async function digestHex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
