import { readSecret } from '@countersign/testing/vectors'
import type { ContractCommand } from './contract-command.js'
import { type ContractGroup, groupPath } from './contract-group.js'
import type { ContractForm, ContractRoute } from './contract-route.js'
import { createRoute, type LiveRoute } from './create-route.js'
import { ignoreCalls, plainRoutes, type RouteKindName, routePath } from './plain-routes.js'
import { createForgetfulStore } from './route-store.js'

/** The server side of the adapter contract: what a program under test mounts. */
export interface ContractRoutes {
  /** The webhook routes that the program must mount, for all methods, so that the adapter itself answers 405. */
  readonly routes: readonly ContractRoute[]
  /** Finds the route of a path without a query, for frameworks with one catch-all route. */
  find(path: string): ContractRoute | undefined
  /**
   * Executes one command of the suite: JSON in, JSON out. A program in the suite's process returns this function from `start`; others
   * mount it at `POST /contract/control`, with the framework's own JSON parser and outside the adapter.
   */
  control(command: ContractCommand): Promise<unknown>
}

const forms: readonly ContractForm[] = ['answers', 'handles']

/**
 * Creates the routes that a program mounts to be tested by `testAdapter`. It uses only web standards, so it can be bundled for any
 * runtime. The routes hold state: create them once for each program.
 *
 * @param groups from `contractGroups`, or as `testAdapter` passes them to `start`: plain JSON, which can be sent to another process
 *
 * @example
 * import { type ContractCommand, createContractRoutes } from '@countersign/conformance/routes'
 * import { webhook } from '@countersign/core/fetch'
 *
 * const { routes, control } = createContractRoutes(JSON.parse(process.env.CONTRACT_GROUPS ?? '[]'))
 * const handlers = new Map(routes.map(({ path, options, handle }) => [path, webhook(options, handle)]))
 *
 * export async function respond(request: Request): Promise<Response> {
 *   const { pathname } = new URL(request.url)
 *   if (pathname === '/contract/control')
 *     return Response.json(await control((await request.json()) as ContractCommand))
 *   return (await handlers.get(pathname)?.(request)) ?? new Response(null, { status: 404 })
 * }
 */
export function createContractRoutes(groups: readonly ContractGroup[]): ContractRoutes {
  const live = new Map(
    [...listPlainRoutes(), ...listVectorRoutes(groups)].map((route) => [route.path, route]),
  )
  return {
    routes: [...live.values()],
    find: (path) => live.get(path),
    control: async (command) => (await execute(command, live)) ?? null,
  }
}

function listPlainRoutes(): LiveRoute[] {
  const kinds = Object.keys(plainRoutes(ignoreCalls)) as RouteKindName[]
  return kinds.flatMap((kind) =>
    forms.map((form) =>
      createRoute({ path: routePath(kind, form), form }, (calls) => plainRoutes(calls)[kind]),
    ),
  )
}

/** The forms alternate, so that both get every kind of vector. */
function listVectorRoutes(groups: readonly ContractGroup[]): LiveRoute[] {
  return groups.map((group, index) =>
    createRoute({ path: groupPath(group), form: index % 2 === 0 ? 'answers' : 'handles' }, () => ({
      options: {
        scheme: group.scheme,
        secret: group.secrets.map(readSecret),
        store: createForgetfulStore(),
        ...group.options,
      },
    })),
  )
}

function execute(command: ContractCommand, live: ReadonlyMap<string, LiveRoute>): unknown {
  if (command.do === 'list-changed-options')
    return [...live.values()]
      .filter(({ hasUnchangedOptions }) => !hasUnchangedOptions())
      .map(({ path }) => path)
  const route = live.get(command.path)
  if (!route) throw new Error(`The contract has no route ${command.path}.`)
  const state = route.state()
  switch (command.do) {
    case 'reset':
      return route.reset()
    case 'set-now':
      state.now = command.now
      return
    case 'plan':
      return state.plan(command.runs)
    case 'disturb':
      return state.disturb(command)
    case 'open':
      return state.open(command.gate)
    case 'wait':
      return state.waitFor(command)
    case 'take':
      return state.take()
  }
}
