export { verify } from '@countersign/core'
export { stripe } from '@countersign/core/schemes'
