import { createContractRoutes } from '@countersign/conformance/routes'
import { groups } from './groups.js'

/** @typedef {import('@countersign/conformance/routes').ContractRoutes} ContractRoutes */

const held = /** @type {{ contract?: ContractRoutes }} */ (globalThis)
held.contract ??= createContractRoutes(groups)

/** Shared by all routes of a process, because a bundler may copy this module into each route. */
export const { contract } = held
