import { readSecret } from '@countersign/testing/vectors'
import type { ContractCommand } from './contract-command.js'
import { type ContractGroup, groupPath } from './contract-group.js'
import type { ContractForm, ContractRoute } from './contract-route.js'
import { createRoute, type LiveRoute } from './create-route.js'
import { noCalls, plainRoutes, type RouteKindName, routePath } from './plain-routes.js'
import { createForgetfulStore } from './route-store.js'

/** The server half of the adapter contract: what a program under test mounts. */
export interface ContractRoutes {
  /** Every webhook route the program must mount, for all methods: so that 405 is the adapter's own. */
  readonly routes: readonly ContractRoute[]
  /** The route of a path, without its query: for frameworks with one route for everything. */
  find(path: string): ContractRoute | undefined
  /**
   * Answers one command of the suite: JSON in, JSON out. A program in the suite's own process hands this function over; others
   * mount it at `POST /contract/control`, with the framework's own JSON and outside the adapter.
   */
  control(command: ContractCommand): Promise<unknown>
}

const forms: readonly ContractForm[] = ['answers', 'handles']

/**
 * Makes the routes that a program mounts to be tested by `testAdapter`. It needs nothing but web standards, so that it can be
 * bundled for any runtime. The routes hold state: make them once for a program.
 *
 * @param groups from `contractGroups`: JSON, so that it can be written to a file or a variable of another process
 */
export function createContractRoutes(groups: readonly ContractGroup[]): ContractRoutes {
  const live = new Map(
    [...listPlainRoutes(), ...listVectorRoutes(groups)].map((route) => [route.path, route]),
  )
  return {
    routes: [...live.values()],
    find: (path) => live.get(path),
    control: async (command) => (await obey(command, live)) ?? null,
  }
}

function listPlainRoutes(): LiveRoute[] {
  const kinds = Object.keys(plainRoutes(noCalls)) as RouteKindName[]
  return kinds.flatMap((kind) =>
    forms.map((form) =>
      createRoute({ path: routePath(kind, form), form }, (calls) => plainRoutes(calls)[kind]),
    ),
  )
}

/** The forms take turns, so that both see every kind of vector. */
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

function obey(command: ContractCommand, live: ReadonlyMap<string, LiveRoute>): unknown {
  if (command.do === 'list-changed-options')
    return [...live.values()].filter(({ hasItsOptions }) => !hasItsOptions()).map(({ path }) => path)
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
