export { webhook } from '@countersign/lambda'
export * from './receiver.js'
