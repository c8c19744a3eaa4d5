import { ok } from 'node:assert/strict'
import type {
  ContractCommand,
  ContractDelivery,
  ContractEntry,
  ContractOperation,
  ContractRun,
} from '../routes/contract-command.js'
import type { Control, Target } from './contract-program.js'

type Command = ContractCommand extends infer Each
  ? Each extends { readonly path: string }
    ? Omit<Each, 'path'>
    : never
  : never

/** A route of the program: what a case sets up there, and what it learns from there. */
export class RemoteRoute {
  readonly #path: string
  readonly #control: Control
  readonly #limitMs: number
  /** What a request to it has for a target. */
  readonly target: string

  constructor(path: string, { prefix, control, limitMs }: Target) {
    this.#path = path
    this.#control = control
    this.#limitMs = limitMs
    this.target = prefix + path
  }

  async reset(): Promise<void> {
    await this.#tell({ do: 'reset' })
  }

  async setNow(now: number): Promise<void> {
    await this.#tell({ do: 'set-now', now })
  }

  /** What the next deliveries meet in the user's code, in their order. */
  async plan(...runs: readonly ContractRun[]): Promise<void> {
    await this.#tell({ do: 'plan', runs })
  }

  /** From now on the operation waits at a gate of its own name. */
  async hold(operation: ContractOperation | 'secret' | 'verifier'): Promise<void> {
    await this.#tell({ do: 'disturb', operation, gate: operation })
  }

  /** From now on the operation fails. */
  async fail(operation: ContractOperation | 'secret' | 'verifier'): Promise<void> {
    await this.#tell({ do: 'disturb', operation })
  }

  async open(gate: string): Promise<void> {
    await this.#tell({ do: 'open', gate })
  }

  /** Waits until the log holds so many entries of a type; it must come to that. */
  async wait(type: ContractEntry['type'], count = 1): Promise<void> {
    const log = (await this.#tell({ do: 'wait', type, count, limitMs: this.#limitMs })) as ContractEntry[]
    const found = log.filter((entry) => entry.type === type).length
    ok(found >= count, `waited for ${count} times "${type}" in vain; the log holds ${JSON.stringify(log)}`)
  }

  /** What has happened since the last time. */
  async take(): Promise<readonly ContractEntry[]> {
    return (await this.#tell({ do: 'take' })) as ContractEntry[]
  }

  /** The deliveries that reached the user's code since the last time; all else is dropped. */
  async takeRuns(): Promise<readonly ContractDelivery[]> {
    const log = await this.take()
    return log.flatMap((entry) => (entry.type === 'ran' ? [entry.delivery] : []))
  }

  #tell(command: Command): Promise<unknown> {
    return this.#control({ ...command, path: this.#path } as ContractCommand)
  }
}
