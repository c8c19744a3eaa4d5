// Claims under a limit on the size of files, until some are refused.
import { sqliteStore } from '../../../src/index.js'
import { connect, settings } from './settings.js'

const store = sqliteStore({ database: connect() })
const messages: string[] = []
let granted = 0
for (let index = 0; messages.length < 20 && index < 5_000; index++) {
  try {
    const request = { key: `event ${index}`, token: 'own', fingerprint: '', leaseMs: 60_000, hold: false }
    const { state } = await store.claim({ ...request, retentionMs: 600_000 })
    if (state === 'claimed') granted += 1
  } catch (error) {
    messages.push(String(Object(error).message))
  }
}
console.log(JSON.stringify({ granted, refused: messages.length, messages, file: settings.file }))
