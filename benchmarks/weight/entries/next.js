export { webhook } from '@countersign/next'
export * from './receiver.js'
