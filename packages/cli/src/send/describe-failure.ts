const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was closed before an answer',
  EPIPE: 'the connection was closed before an answer',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be resolved at the moment',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ABORT_ERR: 'timed out',
  ETIMEDOUT: 'timed out',
}

/** Why there was no answer, in a few words. */
export function describeFailure(error: Error): string {
  const code = findCode(error)
  if (code === undefined) return 'the answer cannot be read'
  if (code.startsWith('HPE_')) return 'the answer is not HTTP'
  return reasons[code] ?? `the connection failed (${code})`
}

/** A host with several addresses fails with one error for each; the first one is enough. */
function findCode(error: Error): string | undefined {
  const [first] = error instanceof AggregateError ? error.errors : []
  const { code } = (first ?? error) as NodeJS.ErrnoException
  return typeof code === 'string' ? code : undefined
}
