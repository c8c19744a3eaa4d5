export { webhooks } from '@countersign/fastify'
export * from './receiver.js'
