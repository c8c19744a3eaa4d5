import { type ContractGroup, type ContractRoute, createContractRoutes } from '@countersign/conformance/routes'
import { type LambdaEvent, webhook } from '@countersign/lambda'
import type { Gateway } from './gateways.js'
import { type DeployedFunction, serveGateway } from './serve-gateway.js'

/** The contract's routes behind a gateway, each a separate function. */
export async function startContract(gateway: Gateway, groups: readonly ContractGroup[]) {
  const { routes, control } = createContractRoutes(groups)
  const functions = new Map(routes.map((route) => [route.path, deploy(route)]))
  const { origin, stop } = await serveGateway(gateway, (path) => functions.get(path))
  return { origin, control, stop }
}

function deploy({
  form,
  options,
  outerOptions,
  run,
  handle,
  isParsedBefore,
}: ContractRoute): DeployedFunction {
  const deployed = webhook(options, async (delivery) => {
    if (form === 'handles') return handle(delivery)
    return { statusCode: await run(delivery), body: '' }
  })
  if (outerOptions)
    return webhook(outerOptions, (_delivery, { event, context }) => deployed(event as never, context))
  return isParsedBefore ? (event, context) => deployed(parseBody(event), context) : deployed
}

/** As Middy's httpJsonBodyParser does. */
function parseBody(event: LambdaEvent): LambdaEvent {
  const { body, isBase64Encoded } = event as { body?: unknown; isBase64Encoded?: boolean }
  if (typeof body !== 'string') return event
  return { ...event, body: JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body) }
}
