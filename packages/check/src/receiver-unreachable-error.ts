/**
 * Thrown by {@link checkReceiver} if there is no connection to the receiver.
 *
 * @example
 * import { checkReceiver, ReceiverUnreachableError } from '@countersign/check'
 * import { github } from '@countersign/core/schemes'
 *
 * const url = 'http://127.0.0.1:3000/webhooks/github'
 * try {
 *   await checkReceiver({ url, scheme: github(), secret: process.env.GITHUB_SECRET })
 * } catch (error) {
 *   if (!(error instanceof ReceiverUnreachableError)) throw error
 *   console.error(error.code) // 'ECONNREFUSED'
 * }
 */
export class ReceiverUnreachableError extends Error {
  override name = 'ReceiverUnreachableError'
  /** The system's error code, such as `ECONNREFUSED`, or `ETIMEDOUT` if the connection took too long. */
  readonly code: string

  constructor(url: URL, code: string) {
    const place = `${url.origin}${url.pathname}`
    super(
      /CERT|^ERR_TLS|^UNABLE_TO/.test(code)
        ? `the certificate of ${place} is not trusted (${code}); set NODE_EXTRA_CA_CERTS to a file with its CA certificate`
        : `no receiver answers at ${place} (${code}); is it running?`,
    )
    this.code = code
  }
}
