const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection was closed before an answer',
  EPIPE: 'the connection was closed before an answer',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be looked up now',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ABORT_ERR: 'it took too long',
  ETIMEDOUT: 'it took too long',
}

/** Why there was no answer, for a reader; never more than one line. */
export function describeFailure(error: Error): string {
  const code = codeOf(error)
  if (code === undefined) return 'the answer cannot be read'
  if (code.startsWith('HPE_')) return 'the answer is not HTTP'
  return reasons[code] ?? `the connection failed (${code})`
}

/** Where a host has several addresses, the error holds one for each. */
function codeOf(error: Error): string | undefined {
  const [first] = error instanceof AggregateError ? error.errors : []
  const { code } = (first ?? error) as NodeJS.ErrnoException
  return typeof code === 'string' ? code : undefined
}
