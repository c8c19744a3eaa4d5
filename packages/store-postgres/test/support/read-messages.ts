/** A message of PostgreSQL's protocol, as either side sends it once a connection has begun. */
export interface Message {
  /** One character. */
  readonly type: string
  readonly body: Buffer
  /** All of it, to be sent on. */
  readonly bytes: Buffer
}

/** Takes what a socket gives, however it is cut, and calls `read` for each whole message. */
export function readMessages(read: (message: Message) => void): (chunk: Buffer) => void {
  let pending = Buffer.alloc(0)
  return (chunk) => {
    pending = Buffer.concat([pending, chunk])
    while (pending.length >= 5) {
      const length = 1 + pending.readUInt32BE(1)
      if (pending.length < length) return
      const bytes = pending.subarray(0, length)
      pending = pending.subarray(length)
      read({ type: String.fromCharCode(bytes[0] ?? 0), body: bytes.subarray(5), bytes })
    }
  }
}
