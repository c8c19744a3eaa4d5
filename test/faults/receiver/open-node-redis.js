import { redisStore } from '@countersign/store-redis'
import { createClient } from 'redis'
import { plainEffect } from './plain-effect.js'

/** @type {import('./open-store.js').Open} */
export async function open(settings, parts) {
  const port = Number(settings.backend.port)
  const client = createClient({ socket: { port, host: '127.0.0.1', reconnectStrategy: () => 50 } })
  client.on('error', () => {})
  await client.connect()
  return { store: redisStore({ client }), applyEffect: plainEffect(settings, parts) }
}
