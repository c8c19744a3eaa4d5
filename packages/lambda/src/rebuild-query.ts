import {
  isLoadBalancerEvent,
  type LoadBalancerEvent,
  type NetlifyEvent,
  type RestApiEvent,
} from './lambda-event.js'

/** Parameters as events contain them: one value, or all values. */
export interface Parameters {
  readonly [name: string]: string | readonly string[] | undefined
}

/**
 * Rebuilds the query, with its question mark, from the maps of an event. API Gateway has decoded names and values; a load balancer
 * leaves them encoded.
 */
export function rebuildQuery(event: RestApiEvent | LoadBalancerEvent | NetlifyEvent): string {
  const parameters = event.multiValueQueryStringParameters ?? event.queryStringParameters
  if (!isLoadBalancerEvent(event)) return writeQuery(parameters)
  const pairs = listPairs(parameters)
  return pairs.length === 0 ? '' : `?${pairs.map((pair) => pair.join('=')).join('&')}`
}

/** Encodes decoded parameters as a query, with its question mark. */
export function writeQuery(parameters: Parameters | null | undefined): string {
  const pairs = listPairs(parameters)
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString().replaceAll('+', '%20')}`
}

/** In the order of the map: the values of one name are adjacent. */
function listPairs(parameters: Parameters | null | undefined): [name: string, value: string][] {
  return Object.entries(parameters ?? {}).flatMap(([name, values]) =>
    [values ?? []].flat().map((value): [string, string] => [name, value]),
  )
}
