export { webhook } from '@countersign/core/fetch'
export * from './receiver.js'
