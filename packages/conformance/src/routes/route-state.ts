import type { ContractCommand, ContractEntry, ContractRun } from './contract-command.js'
import { contractSettings } from './contract-settings.js'

type Disturbance = Extract<ContractCommand, { do: 'disturb' }>

/** What a case has set up on a route, and the log since then. */
export class RouteState {
  now: number = contractSettings.now
  log: ContractEntry[] = []
  #runs: ContractRun[] = []
  #disturbances = new Map<Disturbance['operation'], Disturbance>()
  #openGates = new Set<string>()
  #isOver = false

  plan(runs: readonly ContractRun[]): void {
    this.#runs.push(...runs)
  }

  nextRun(): ContractRun {
    return this.#runs.shift() ?? {}
  }

  disturb(disturbance: Disturbance): void {
    this.#disturbances.set(disturbance.operation, disturbance)
  }

  /** Waits or fails, if the case disturbs the operation. @returns undefined if it does not */
  applyDisturbance(operation: Disturbance['operation']): Promise<void> | undefined {
    const disturbance = this.#disturbances.get(operation)
    if (!disturbance) return undefined
    if (disturbance.gate === undefined) return Promise.reject(new Error(contractSettings.failure))
    return this.waitAtGate(disturbance.gate)
  }

  open(gate: string): void {
    this.#openGates.add(gate)
  }

  /** Waits until a gate is open. */
  async waitAtGate(gate: string): Promise<void> {
    this.log.push({ type: 'held', gate })
    await until(() => this.#isOver || this.#openGates.has(gate))
  }

  /** Waits for entries of a type, at most `limitMs`. */
  async waitFor({
    type,
    count,
    limitMs,
  }: Extract<ContractCommand, { do: 'wait' }>): Promise<ContractEntry[]> {
    const startedAt = performance.now()
    const isComplete = () => this.log.filter((entry) => entry.type === type).length >= count
    await until(() => isComplete() || performance.now() - startedAt > limitMs)
    return [...this.log]
  }

  take(): ContractEntry[] {
    return this.log.splice(0)
  }

  /** Ends the case: opens every gate, so that nothing keeps waiting. */
  end(): void {
    this.#isOver = true
  }
}

/** Polls, because in workerd a request must not await a promise that another request resolves. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => setTimeout(resolve, 1))
}
