// Claims a delivery, has its effect and its completion in one transaction, and is killed on the way.
import { sqliteStore } from '../../../src/index.js'
import { connect, settings } from './settings.js'

const dieAt = (place: string) => {
  if (settings.at === place) process.kill(process.pid, 'SIGKILL')
}
const owned = { key: 'event', token: 'killed', fingerprint: 'content' }
const store = sqliteStore({ database: connect() })
await store.claim({ ...owned, leaseMs: 1_000, retentionMs: 600_000, hold: false })

const users = connect()
users.exec('CREATE TABLE effects (key TEXT)')
users
  .transaction(() => {
    users.prepare('INSERT INTO effects VALUES (?)').run(owned.key)
    dieAt('effect')
    if (!store.completeIn(users, { ...owned, retentionMs: 600_000, acceptanceMs: 0 })) throw new Error('lost')
    dieAt('completion')
  })
  .immediate()
dieAt('commit')
console.log('not killed')
