import type { ContractCommand, ContractEntry, ContractRun } from './contract-command.js'
import { contractSettings } from './contract-settings.js'

type Disturbance = Extract<ContractCommand, { do: 'disturb' }>

/** What a case has set up on a route, and what has happened there since. */
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

  /** Waits or fails, where the case said so. @returns undefined where it did not */
  meet(operation: Disturbance['operation']): Promise<void> | undefined {
    const disturbance = this.#disturbances.get(operation)
    if (!disturbance) return undefined
    if (disturbance.gate === undefined) return Promise.reject(new Error(contractSettings.failure))
    return this.pass(disturbance.gate)
  }

  open(gate: string): void {
    this.#openGates.add(gate)
  }

  /** Waits until a gate is open. */
  async pass(gate: string): Promise<void> {
    this.log.push({ type: 'held', gate })
    await until(() => this.#isOver || this.#openGates.has(gate))
  }

  /** Waits for entries of a type, but not for ever. */
  async waitFor({
    type,
    count,
    limitMs,
  }: Extract<ContractCommand, { do: 'wait' }>): Promise<ContractEntry[]> {
    const startedAt = performance.now()
    const isThere = () => this.log.filter((entry) => entry.type === type).length >= count
    await until(() => isThere() || performance.now() - startedAt > limitMs)
    return [...this.log]
  }

  take(): ContractEntry[] {
    return this.log.splice(0)
  }

  /** The next case begins: whoever still waits here is let go. */
  end(): void {
    this.#isOver = true
  }
}

/** Looks again and again. In workerd a request must not wait for what only another request resolves. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise<void>((resolve) => setTimeout(resolve, 1))
}
