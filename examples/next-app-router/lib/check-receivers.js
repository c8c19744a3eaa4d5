import { isWebhookError } from '@countersign/core'

try {
  await import('./receivers.js')
} catch (error) {
  if (!isWebhookError(error)) throw error
  console.error(error.message)
  process.exit(1)
}
