import type { SendCommand } from '../../src/index.js'

/** As Upstash's client does by default: whatever is JSON in a reply arrives parsed. */
export function deserialising(send: SendCommand): SendCommand {
  return async (command, key) => parse(await send(command, key))
}

function parse(reply: unknown): unknown {
  if (Array.isArray(reply)) return reply.map(parse)
  if (typeof reply !== 'string') return reply
  try {
    return JSON.parse(reply)
  } catch {
    return reply
  }
}
