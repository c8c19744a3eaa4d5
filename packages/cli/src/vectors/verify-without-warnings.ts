import { createReceiver, type VerifyOptions, type verify, type WebhookRequest } from '@countersign/core'

/** `verify` of the core without its warnings, for example on short secrets, which vectors use on purpose. */
export const verifyWithoutWarnings = (async (request: WebhookRequest, options: VerifyOptions) => {
  const { parse: _, ...others } = options
  // The shortest lease: a receiver refuses one that outlasts its sender's retries, and nothing is claimed here.
  const receiver = createReceiver({ ...others, leaseMs: 1, onWarning: () => {} })
  return receiver.verify(request)
}) as typeof verify
