// Claims and completes every key, in an order of its own, while other processes do the same.
import { randomUUID } from 'node:crypto'
import { sqliteStore } from '../../../src/index.js'
import { connect, settings } from './settings.js'

const database = connect()
// Six processes on a busy machine: how long one waits is no matter here.
const store = sqliteStore({ database, busyTimeoutMs: 30_000 })
const keys = Array.from({ length: settings.keys ?? 0 }, (_, index) => `event ${index}`)
keys.sort(() => Math.random() - 0.5)

let won = 0
for (const key of keys) {
  const token = randomUUID()
  const fingerprint = 'content'
  const { state } = await store.claim({
    key,
    token,
    fingerprint,
    leaseMs: 60_000,
    retentionMs: 600_000,
    hold: false,
  })
  if (state !== 'claimed') continue
  const completed = await store.complete({ key, token, fingerprint, retentionMs: 600_000, acceptanceMs: 0 })
  if (!completed) throw new Error(`${key} was won and not completed`)
  won += 1
}
console.log(won)
await store.close()
database.close()
