import { once } from 'node:events'
import { memoryStore } from '@countersign/core'
import { webhook } from '@countersign/express'
import express from 'express'

/**
 * @typedef {object} DemoReceiver
 * @property {string} url
 * @property {() => { readonly outcome: string, readonly runs: number }} takeResult the result since the last call
 * @property {() => Promise<void>} close
 */

/**
 * An Express receiver for all senders on a free port of 127.0.0.1. Its hooks and its handler record what happens; nothing is
 * read from the answers.
 *
 * @param {readonly import('./senders.js').DemoSender[]} senders
 * @returns {Promise<DemoReceiver>}
 */
export async function startReceiver(senders) {
  /** @type {string[]} */
  let outcomes = []
  let runs = 0
  /** @param {string} outcome */
  const note = (outcome) => () => outcomes.push(outcome)
  /** @param {string} outcome */
  const noteWithCode =
    (outcome) =>
    (/** @type {import('@countersign/core').HookInfo} */ { code }) =>
      outcomes.push(`${outcome} ${code}`)

  const app = express()
  const store = memoryStore()
  for (const { scheme, secret } of senders) {
    const receive = webhook({
      endpoint: scheme.name,
      scheme,
      secret,
      store,
      onHandled: note('processed'),
      onDuplicate: note('duplicate'),
      onConflict: note('conflict'),
      onRejected: noteWithCode('refused'),
      onFailed: noteWithCode('failed'),
      onStoreError: noteWithCode('store error'),
    })
    app.post(`/webhooks/${scheme.name}`, receive, (_req, res) => {
      runs += 1
      res.sendStatus(204)
    })
  }

  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The receiver is not listening.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    takeResult() {
      const result = { outcome: outcomes.join(', ') || 'nothing', runs }
      outcomes = []
      runs = 0
      return result
    },
    async close() {
      server.close()
      await once(server, 'close')
    },
  }
}
