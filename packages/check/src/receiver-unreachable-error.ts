/** There is no connection to where the receiver should be. `code` is the system's, as `ECONNREFUSED`. */
export class ReceiverUnreachableError extends Error {
  override name = 'ReceiverUnreachableError'
  readonly code: string

  constructor(url: URL, code: string) {
    const place = `${url.origin}${url.pathname}`
    super(
      /CERT|^ERR_TLS|^UNABLE_TO/.test(code)
        ? `the certificate of ${place} is not trusted (${code}); NODE_EXTRA_CA_CERTS names a file with its authority`
        : `nobody answers at ${place} (${code}); is the receiver running?`,
    )
    this.code = code
  }
}
