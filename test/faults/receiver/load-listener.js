/** @typedef {import('@countersign/core').Delivery} Delivery */
/** @typedef {import('node:http').RequestListener} RequestListener */

/**
 * Two receivers use plain `node:http`, the third uses Express.
 *
 * @param {number} slot
 * @returns {Promise<(options: import('@countersign/core').ReceiverOptions, handle: (delivery: Delivery, request: import('node:http').IncomingMessage) => unknown) => RequestListener>}
 */
export async function loadListener(slot) {
  if (slot !== 2) {
    const { webhookHandler } = await import('@countersign/core/node')
    return (options, handle) => webhookHandler(options, (delivery, { request }) => handle(delivery, request))
  }
  const [{ webhookHandler }, { default: express }] = await Promise.all([
    import('@countersign/express'),
    import('express'),
  ])
  return (options, handle) =>
    express().use(
      '/webhooks/visibuild',
      webhookHandler(options, (delivery, { req }) => handle(delivery, req)),
    )
}
