import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Scheme } from '@countersign/core'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import type { NamedSecret } from '../options/secret-options.js'
import type { Terminal } from '../terminal.js'
import { createDevelopmentReceiver } from './create-development-receiver.js'
import { deliveryToJson } from './delivery-to-json.js'
import { explainRefusal } from './explain-refusal.js'
import { formatDelivery } from './format-delivery.js'
import type { ListenSettings } from './listen-options.js'
import type { ReceivedDelivery } from './received-delivery.js'
import { createFolder, saveCapture } from './save-capture.js'
import { startServer } from './start-server.js'

/** What a listener needs. */
export interface ListenerParts {
  readonly scheme: Scheme
  readonly secrets: readonly NamedSecret[]
  readonly settings: ListenSettings
}

/** Receives and prints deliveries until enough were received, or Ctrl-C. */
export async function runListener(parts: ListenerParts, terminal: Terminal): Promise<ExitCode> {
  const { scheme, secrets, settings } = parts
  const { port, answer, folder, url, count, asJson } = settings
  const warn = (message: string) => terminal.printError(`note: ${message}`)
  const receive = createDevelopmentReceiver({ scheme, secrets, answer, url, warn })
  if (folder !== undefined) await createFolder(folder, terminal)
  const { interrupted } = terminal.parts
  const finished = new AbortController()
  let printed = 0
  let refused = 0
  // Deliveries are printed one after the other: an explanation searches, and later ones wait for it.
  let printing: Promise<void> = Promise.resolve()

  const print = async (received: ReceivedDelivery) => {
    if (printed === count || interrupted.aborted) return
    const explanation = await explainRefusal(received, parts)
    const saved = folder === undefined ? undefined : await save(received, { folder, scheme }, terminal)
    const delivery = { ...received, explanation, saved }
    if (asJson) terminal.printJsonLine(deliveryToJson(delivery))
    else terminal.printLines(formatDelivery(delivery, terminal))
    printed += 1
    if (received.verdict === 'refused') refused += 1
    if (printed === count) finished.abort()
  }
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const received = await receive(request, response)
    printing = printing.then(() => print(received)).catch((error) => warn(String(error)))
  }
  const server = await startServer(port, handle, () =>
    warn('received bytes that are not HTTP; use http:, not https:, in the URL'),
  )
  const greeting = `listening on ${server.url} for ${scheme.name}; press Ctrl-C to stop`
  if (asJson) terminal.printError(greeting)
  else terminal.print(greeting)

  await once(AbortSignal.any([finished.signal, interrupted]), 'abort')
  await server.close()
  await printing
  if (!asJson && printed > 1) terminal.print(`${printed} deliveries, ${refused} refused`)
  if (interrupted.aborted) return exitCodes.interrupted
  return refused === 0 ? exitCodes.ok : exitCodes.no
}

/** A full disk does not stop the listener: the delivery is still printed. */
async function save(
  received: ReceivedDelivery,
  where: { readonly folder: string; readonly scheme: Scheme },
  terminal: Terminal,
): Promise<string | undefined> {
  try {
    return await saveCapture(received, where, terminal)
  } catch (error) {
    terminal.printError(`note: ${(error as Error).message}`)
    return undefined
  }
}
