import { webhook } from '@countersign/next'
import { isTicket, options } from '../../../receiver-options.js'

export const POST = webhook(
  options['/webhook'],
  ({ payload }) => new Response(null, { status: isTicket(payload) ? 204 : 422 }),
)
