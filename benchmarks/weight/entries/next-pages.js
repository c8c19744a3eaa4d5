export { webhook } from '@countersign/next/pages'
export * from './receiver.js'
