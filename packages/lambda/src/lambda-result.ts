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

/** An answer of the core in the form of the gateway that sent the event. */
export function toResult({ status, headers, body }: WebhookResponse, event: LambdaEvent): LambdaResult {
  const common = { statusCode: status, headers: { ...headers }, body }
  if (isHttpApiEvent(event)) return common
  const statusDescription = `${status} ${STATUS_CODES[status]}`
  if (isLatticeEvent(event) || isLatticeV1Event(event))
    return { ...common, statusDescription, isBase64Encoded: false }
  if (!isLoadBalancerEvent(event)) return { ...common, isBase64Encoded: false }
  return {
    statusCode: status,
    statusDescription,
    // With multi-value headers turned on, a load balancer passes over the map of single values.
    ...(event.multiValueHeaders
      ? {
          multiValueHeaders: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, [value]]),
          ),
        }
      : { headers: common.headers }),
    body,
    isBase64Encoded: false,
  }
}

/** The status of an answer that a handler returned. One without a number for it fails at the gateway, and so counts as failed. */
export function statusOf(result: unknown): number | undefined {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) return undefined
  return Number(result.statusCode)
}
