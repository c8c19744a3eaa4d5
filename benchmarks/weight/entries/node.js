export { webhook } from '@countersign/core/node'
export * from './receiver.js'
