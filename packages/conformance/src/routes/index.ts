export { runVector } from '@countersign/testing/vectors'
export type {
  ContractCommand,
  ContractDelivery,
  ContractEntry,
  ContractOperation,
  ContractRun,
} from './contract-command.js'
export type { ContractGroup } from './contract-group.js'
export type { ContractForm, ContractRoute } from './contract-route.js'
export { type ContractRoutes, createContractRoutes } from './create-contract-routes.js'
