export { webhook } from '@countersign/hono'
export * from './receiver.js'
