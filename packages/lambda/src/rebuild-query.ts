import {
  isLoadBalancerEvent,
  type LoadBalancerEvent,
  type NetlifyEvent,
  type RestApiEvent,
} from './lambda-event.js'

/** Parameters as events have them: one value, or all that came. */
export interface Parameters {
  readonly [name: string]: string | readonly string[] | undefined
}

/**
 * The query, with its question mark, out of the maps an event has. API Gateway has decoded names and values, a load
 * balancer leaves them as they came.
 */
export function rebuildQuery(event: RestApiEvent | LoadBalancerEvent | NetlifyEvent): string {
  const parameters = event.multiValueQueryStringParameters ?? event.queryStringParameters
  if (!isLoadBalancerEvent(event)) return writeQuery(parameters)
  const pairs = pairsOf(parameters)
  return pairs.length === 0 ? '' : `?${pairs.map((pair) => pair.join('=')).join('&')}`
}

/** The query, with its question mark, out of decoded parameters. */
export function writeQuery(parameters: Parameters | null | undefined): string {
  const pairs = pairsOf(parameters)
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString().replaceAll('+', '%20')}`
}

/** In the order of the map: values of one name stand together. */
function pairsOf(parameters: Parameters | null | undefined): [name: string, value: string][] {
  return Object.entries(parameters ?? {}).flatMap(([name, values]) =>
    [values ?? []].flat().map((value): [string, string] => [name, value]),
  )
}
