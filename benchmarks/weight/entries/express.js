export { webhook } from '@countersign/express'
export * from './receiver.js'
