export { createReceiver, memoryStore } from '@countersign/core'
export { stripe } from '@countersign/core/schemes'
