// One receiver, as an application would run it, on a store that other receivers share. It loads everything, waits for a
// message with its settings, and exits with the process that started it.

import { once } from 'node:events'
import { createServer } from 'node:http'
import { visibuild } from '@countersign/core/schemes'
import { handlerLeases } from '../handler-leases.js'
import { readEventId } from '../read-event-id.js'
import { breakCompletion } from './break-completion.js'
import { cutAnswer } from './cut-answer.js'
import { flawStore } from './flaw-store.js'
import { createHandler, eventOf } from './handle.js'
import { openJournal } from './journal.js'
import { journalStore } from './journal-store.js'
import { killAt as killAtOf } from './kill-at.js'
import { loadListener } from './load-listener.js'
import { loadStore } from './open-store.js'
import { spareLastAttempts } from './spare-last-attempts.js'

process.on('disconnect', () => process.exit())
const slot = Number(process.argv[3])
const open = await loadStore(process.argv[2] ?? '', slot)
const listenerOf = await loadListener(slot)
process.send?.('ready')
const [message] = await once(process, 'message')

/** @type {import('../types.js').ReceiverSettings} */
const settings = message
const { run, secret } = settings
const journal = openJournal(settings.journalFile)
const killAt = killAtOf(run, journal)
const { store, applyEffect } = await open(settings, { journal, killAt })
const handle = createHandler(run, { journal, killAt, applyEffect })

/** @type {WeakMap<import('node:http').IncomingMessage, import('./cut-answer.js').Handled>} */
const handled = new WeakMap()

/** @type {import('@countersign/core').ReceiverOptions} */
const options = {
  endpoint: 'tickets',
  scheme: visibuild(),
  secret,
  store: journalStore(breakCompletion(flawStore(store, run.flaw), run), { journal, killAt }),
  leaseMs: run.leaseMs,
  // Longer than every handler that ends, and short enough for the sender to retry.
  maxHandlerMs: handlerLeases * run.leaseMs,
  storeTimeoutMs: run.storeTimeoutMs,
  onStoreError({ idempotencyKey, attempt, code }) {
    const event = idempotencyKey === undefined ? '' : readEventId(idempotencyKey)
    journal.write('store-error', event, attempt ?? 0, code)
  },
}

/**
 * @param {import('@countersign/core').Delivery} delivery
 * @param {import('node:http').IncomingMessage} request
 */
const handleRequest = (delivery, request) => {
  handled.set(request, { event: eventOf(delivery), attempt: delivery.attempt })
  return handle(delivery)
}

const listener = listenerOf(options, handleRequest)
const server = createServer((request, response) => {
  spareLastAttempts(request, () => {
    cutAnswer(response, run, { journal, killAt, handled: () => handled.get(request) })
    listener(request, response)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: Object(server.address()).port }))
