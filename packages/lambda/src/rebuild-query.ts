import { isLoadBalancerEvent, type LoadBalancerEvent, type RestApiEvent } from './lambda-event.js'

/**
 * The query, with its question mark, out of the maps an event has. API Gateway has decoded names and values, a load
 * balancer leaves them as they came. In the order of the map: values of one name stand together.
 */
export function rebuildQuery(event: RestApiEvent | LoadBalancerEvent): string {
  const pairs = Object.entries(
    event.multiValueQueryStringParameters ?? event.queryStringParameters ?? {},
  ).flatMap(([name, values]) => [values ?? []].flat().map((value): [string, string] => [name, value]))
  if (pairs.length === 0) return ''
  const query = isLoadBalancerEvent(event)
    ? pairs.map((pair) => pair.join('=')).join('&')
    : new URLSearchParams(pairs).toString().replaceAll('+', '%20')
  return `?${query}`
}
