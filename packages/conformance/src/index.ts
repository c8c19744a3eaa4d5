export type { ContractProgram } from './adapter-contract/contract-program.js'
export type { ContractException } from './adapter-contract/exceptions.js'
export { contractGroups } from './adapter-contract/group-vectors.js'
export type { ContractReport } from './adapter-contract/report.js'
export { type TestAdapterOptions, testAdapter } from './adapter-contract/test-adapter.js'
export {
  type Commit,
  CounterexampleError,
  type CreateStore,
  type Exploration,
  type ExploreClaimsOptions,
  exploreClaims,
  type SearchClock,
} from './explorer/explore-claims.js'
export type { Rule } from './explorer/rules.js'
export type { ContractGroup } from './routes/contract-group.js'
export type { ExplorationBounds } from './store-contract/explore-store.js'
export type { BackendFault, StoreBackend } from './store-contract/store-backend.js'
export { type TestStoreOptions, testStore } from './store-contract/test-store.js'
