import { sendRequest } from '@countersign/testing'
import { findMismatches } from './find-mismatches.js'
import { makeDeliveries } from './make-deliveries.js'
import { renderTable } from './render-table.js'
import { startReceiver } from './start-receiver.js'

/** @typedef {import('./senders.js').DemoSender} DemoSender */
/** @typedef {import('./senders.js').Expected} Expected */
/** @typedef {Expected & { readonly name: string, readonly problems: readonly string[] }} Row The result of one delivery. */
/** @typedef {{ readonly sender: DemoSender, readonly rows: readonly Row[] }} Group */

/**
 * Sends every sender's deliveries, one after the other, and prints the results.
 *
 * @param {{ senders: readonly DemoSender[], print: (text: string) => unknown, colour: boolean }} options
 * @returns the exit code: 1 if a result is not as expected
 */
export async function runDemo({ senders, print, colour }) {
  const receiver = await startReceiver(senders)
  /** @type {Group[]} */
  const groups = []
  try {
    for (const sender of senders) groups.push({ sender, rows: await deliver(sender, receiver) })
  } finally {
    await receiver.close()
  }
  print(renderTable(groups, { url: receiver.url, colour }))
  const isComplete = groups.every(({ sender, rows }) => rows.length === Object.keys(sender.expected).length)
  return isComplete && groups.every(({ rows }) => rows.every(({ problems }) => problems.length === 0)) ? 0 : 1
}

/**
 * @param {DemoSender} sender
 * @param {import('./start-receiver.js').DemoReceiver} receiver
 */
async function deliver(sender, receiver) {
  const deliveries = makeDeliveries(sender, `${receiver.url}/webhooks/${sender.scheme.name}`)
  /** @type {Row[]} */
  const rows = []
  for (const [name, expected] of Object.entries(sender.expected)) {
    const request = deliveries[name]
    if (!request) throw new Error(`No delivery is made for the case "${name}".`)
    const { status } = await sendRequest(request)
    const result = { status, ...receiver.takeResult() }
    rows.push({ name, ...result, problems: findMismatches(result, expected) })
  }
  return rows
}
