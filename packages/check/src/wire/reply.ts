/** What came of a request. */
export interface Reply {
  /**
   * `dropped`: the connection was closed without a whole answer; `silent`: nothing came in time; `unreachable`: there was no
   * connection.
   */
  readonly end: 'answered' | 'dropped' | 'silent' | 'unreachable'
  /** 0 where nothing was answered. */
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  /** Bytes as Latin-1 characters. */
  readonly body: string
  /** Milliseconds since the request was sent. */
  readonly ms: number
  /** The system's code of an error, as `ECONNREFUSED`. */
  readonly code?: string
}

export function isAccepted({ status }: Reply): boolean {
  return status >= 200 && status < 300
}

export function isFailure({ status }: Reply): boolean {
  return status >= 500
}

/** How a request was turned away. */
export function kindOf(reply: Reply): 'refused' | 'failed' | Reply['end'] {
  if (reply.end !== 'answered') return reply.end
  return isFailure(reply) ? 'failed' : 'refused'
}

/** The sender is asked to come later, which says nothing about the request. */
export function isPutOff({ status }: Reply): boolean {
  return status === 429
}

/** How a reply is spoken of: `204`, `no answer in 5 s`. */
export function describeEnd({ end, status, ms, code }: Reply): string {
  switch (end) {
    case 'answered':
      return String(status)
    case 'silent':
      return `no answer in ${seconds(ms)}`
    case 'dropped':
      return 'connection closed without an answer'
    case 'unreachable':
      return `no connection${code === undefined ? '' : ` (${code})`}`
  }
}

/** `3 ms`, `1.2 s`. */
export function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(1))} s`
}
