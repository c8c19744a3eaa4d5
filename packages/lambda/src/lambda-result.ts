import { STATUS_CODES } from 'node:http'
import type { WebhookResponse } from '@countersign/core'
import { isHttpApiEvent, isLoadBalancerEvent, type LambdaEvent } from './lambda-event.js'
import { isLatticeEvent, isLatticeV1Event } from './lattice-event.js'

/** What a function returns for an HTTP request. The result types of `@types/aws-lambda` take it. */
export interface LambdaResult {
  readonly statusCode: number
  /** For load balancers and VPC Lattice: the code and its words, `200 OK`. */
  readonly statusDescription?: string
  readonly headers?: { [name: string]: boolean | number | string }
  readonly multiValueHeaders?: { [name: string]: (boolean | number | string)[] }
  readonly body: string
  readonly isBase64Encoded?: boolean
  /** For payload format 2.0. */
  readonly cookies?: string[]
}

/** An answer of the core, or a handler's `Response`, in the form of the gateway that sent the event. */
export function toResult(response: WebhookResponse, event: LambdaEvent): LambdaResult {
  const { status } = response
  const headers = response.own?.headers ?? Object.entries(response.headers)
  const { body, isBase64Encoded } = bodyOf(response)
  if (isHttpApiEvent(event)) {
    // Format 2.0 has one value for a name, and a list of its own for cookies.
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
  const one = { headers: Object.fromEntries(headers) }
  if (isLatticeEvent(event) || isLatticeV1Event(event))
    return { statusCode: status, statusDescription, ...one, body, isBase64Encoded }
  if (isLoadBalancerEvent(event)) {
    // With multi-value headers turned on, a load balancer passes over the map of single values.
    const given = event.multiValueHeaders ? { multiValueHeaders: collectValues(headers) } : one
    return { statusCode: status, statusDescription, ...given, body, isBase64Encoded }
  }
  const repeats = new Set(headers.map(([name]) => name)).size < headers.length
  const given = repeats ? { multiValueHeaders: collectValues(headers) } : one
  return { statusCode: status, ...given, body, isBase64Encoded }
}

type Pairs = readonly (readonly [name: string, value: string])[]

function collectValues(headers: Pairs): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  for (const [name, value] of headers) values[name] = [...(values[name] ?? []), value]
  return values
}

/** Bytes that are no text go as base64. */
function bodyOf({ body, own }: WebhookResponse): {
  readonly body: string
  readonly isBase64Encoded: boolean
} {
  const isText = !own || body !== '' || own.body.length === 0
  if (isText) return { body, isBase64Encoded: false }
  return { body: Buffer.from(own.body).toString('base64'), isBase64Encoded: true }
}

/** The status of an answer that a handler returned, or of its `Response`, which was read. One without a number for it fails at the gateway, and so counts as failed. */
export function statusOf(result: unknown): number | undefined {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) return undefined
  return Number(result.statusCode)
}
