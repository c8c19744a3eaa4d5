import { redisStore } from '@countersign/store-redis'
import { Redis } from 'ioredis'
import { plainEffect } from './plain-effect.js'

/** @type {import('./open-store.js').Open} */
export async function open(settings, parts) {
  const port = Number(settings.backend.port)
  const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50 })
  client.on('error', () => {})
  return { store: redisStore({ client }), applyEffect: plainEffect(settings, parts) }
}
