import { STATUS_CODES } from 'node:http'
import type { WebhookResponse } from '@countersign/core'
import { isHttpApiEvent, isLoadBalancerEvent, type LambdaEvent } from './lambda-event.js'
import { isLatticeEvent, isLatticeV1Event } from './lattice-event.js'
import type { LambdaResult } from './types.js'

/** Converts an answer of the core, or a handler's `Response` that was read, to the form of the gateway that sent the event. */
export function toResponse(response: WebhookResponse, event: LambdaEvent): LambdaResult {
  const { status } = response
  const headers = response.own?.headers ?? Object.entries(response.headers)
  const { body, isBase64Encoded } = encodeBody(response)
  if (isHttpApiEvent(event)) {
    // Format 2.0 takes one value per name, and cookies as a separate list.
    const cookies = headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value)
    return {
      statusCode: status,
      headers: Object.fromEntries(headers.filter(([name]) => name !== 'set-cookie')),
      ...(cookies.length > 0 && { cookies }),
      body,
      ...(isBase64Encoded && { isBase64Encoded }),
    }
  }
  const statusDescription = `${status} ${STATUS_CODES[status]}`
  const singleValues = { headers: Object.fromEntries(headers) }
  if (isLatticeEvent(event) || isLatticeV1Event(event))
    return { statusCode: status, statusDescription, ...singleValues, body, isBase64Encoded }
  if (isLoadBalancerEvent(event)) {
    // With multi-value headers enabled, a load balancer ignores the map of single values.
    const ownHeaders = event.multiValueHeaders ? { multiValueHeaders: collectValues(headers) } : singleValues
    return { statusCode: status, statusDescription, ...ownHeaders, body, isBase64Encoded }
  }
  const repeats = new Set(headers.map(([name]) => name)).size < headers.length
  const ownHeaders = repeats ? { multiValueHeaders: collectValues(headers) } : singleValues
  return { statusCode: status, ...ownHeaders, body, isBase64Encoded }
}

type Pairs = readonly (readonly [name: string, value: string])[]

function collectValues(headers: Pairs): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  for (const [name, value] of headers) values[name] = [...(values[name] ?? []), value]
  return values
}

/** Bytes that are not text are encoded as base64. */
function encodeBody({ body, own }: WebhookResponse): {
  readonly body: string
  readonly isBase64Encoded: boolean
} {
  const isText = !own || body !== '' || own.body.length === 0
  if (isText) return { body, isBase64Encoded: false }
  return { body: Buffer.from(own.body).toString('base64'), isBase64Encoded: true }
}

/** Reads the status of a result that is an answer. A `statusCode` that is not a number fails at the gateway, so it counts as a failure. */
export function readStatusCode(result: unknown): number | undefined {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) return undefined
  return Number(result.statusCode)
}
