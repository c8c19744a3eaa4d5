import { createContractRoutes } from '@countersign/conformance/routes'
import { groups } from './groups.js'

/** @typedef {import('@countersign/conformance/routes').ContractRoutes} ContractRoutes */

const held = /** @type {{ contract?: ContractRoutes }} */ (globalThis)
held.contract ??= createContractRoutes(groups)

/** One for all routes of a process: a bundler may put a copy of this module into each. */
export const { contract } = held
