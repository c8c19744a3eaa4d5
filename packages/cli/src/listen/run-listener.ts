import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Scheme } from '@countersign/core'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import type { NamedSecret } from '../options/secret-options.js'
import { printJsonLine } from '../output/print-json-line.js'
import type { Terminal } from '../terminal.js'
import type { ArrivedDelivery } from './arrived-delivery.js'
import { createDevelopmentReceiver } from './development-receiver.js'
import { explainRefusal } from './explain-refusal.js'
import type { ListenSettings } from './listen-settings.js'
import { openServer } from './open-server.js'
import { openFolder, saveCapture } from './save-capture.js'
import { arrivalToJson, tellArrival } from './tell-arrival.js'

/** What a listener is started with. */
export interface ListenerParts {
  readonly scheme: Scheme
  readonly secrets: readonly NamedSecret[]
  readonly settings: ListenSettings
}

/** Listens until enough deliveries have come, or Ctrl-C. */
export async function runListener(parts: ListenerParts, terminal: Terminal): Promise<ExitCode> {
  const { scheme, secrets, settings } = parts
  const { port, answer, folder, url, count, asJson } = settings
  const warn = (message: string) => terminal.printError(`note: ${message}`)
  const receive = createDevelopmentReceiver({ scheme, secrets, answer, url, warn })
  if (folder !== undefined) await openFolder(folder, terminal)
  const { interrupted } = terminal.parts
  const finished = new AbortController()
  const tally = { told: 0, refused: 0 }
  // One after the other: an explanation searches, and what comes meanwhile waits for its own.
  let line: Promise<void> = Promise.resolve()

  const tell = async (arrived: ArrivedDelivery) => {
    if (tally.told === count || interrupted.aborted) return
    const explanation = await explainRefusal(arrived, parts)
    const saved = folder === undefined ? undefined : await save(arrived, { folder, scheme }, terminal)
    const told = { ...arrived, explanation, saved }
    if (asJson) printJsonLine(arrivalToJson(told), terminal)
    else for (const text of tellArrival(told, terminal)) terminal.print(text)
    tally.told += 1
    if (arrived.verdict === 'refused') tally.refused += 1
    if (tally.told === count) finished.abort()
  }
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const arrived = await receive(request, response)
    line = line.then(() => tell(arrived)).catch((error) => warn(String(error)))
  }
  const server = await openServer(port, handle, () =>
    warn('something came that is no HTTP; the URL begins with http:, not https:'),
  )
  const greeting = `listening on ${server.url} for ${scheme.name}; Ctrl-C ends`
  if (asJson) terminal.printError(greeting)
  else terminal.print(greeting)

  await once(AbortSignal.any([finished.signal, interrupted]), 'abort')
  await server.close()
  await line
  if (!asJson && tally.told > 1) terminal.print(`${tally.told} deliveries, ${tally.refused} refused`)
  if (interrupted.aborted) return exitCodes.interrupted
  return tally.refused === 0 ? exitCodes.ok : exitCodes.no
}

/** A disk that is full ends nothing: the deliveries are still told. */
async function save(
  arrived: ArrivedDelivery,
  where: { readonly folder: string; readonly scheme: Scheme },
  terminal: Terminal,
): Promise<string | undefined> {
  try {
    return await saveCapture(arrived, where, terminal)
  } catch (error) {
    terminal.printError(`note: ${(error as Error).message}`)
    return undefined
  }
}
