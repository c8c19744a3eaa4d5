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

/** A route of the program: a case sets it up and reads its log over `control`. */
export class RemoteRoute {
  readonly #path: string
  readonly #control: Control
  readonly #limitMs: number
  /** The request target of the route. */
  readonly target: string

  constructor(path: string, { prefix, control, limitMs }: Target) {
    this.#path = path
    this.#control = control
    this.#limitMs = limitMs
    this.target = prefix + path
  }

  async reset(): Promise<void> {
    await this.#send({ do: 'reset' })
  }

  async setNow(now: number): Promise<void> {
    await this.#send({ do: 'set-now', now })
  }

  /** Plans how the next deliveries run in the user's code, in their order. */
  async plan(...runs: readonly ContractRun[]): Promise<void> {
    await this.#send({ do: 'plan', runs })
  }

  /** From now on, the operation waits at a gate of the same name. */
  async hold(operation: ContractOperation | 'secret' | 'verifier'): Promise<void> {
    await this.#send({ do: 'disturb', operation, gate: operation })
  }

  /** From now on, the operation fails. */
  async fail(operation: ContractOperation | 'secret' | 'verifier'): Promise<void> {
    await this.#send({ do: 'disturb', operation })
  }

  async open(gate: string): Promise<void> {
    await this.#send({ do: 'open', gate })
  }

  /** Waits until the log contains this many entries of a type. @throws AssertionError if it does not in time */
  async wait(type: ContractEntry['type'], count = 1): Promise<void> {
    const log = (await this.#send({ do: 'wait', type, count, limitMs: this.#limitMs })) as ContractEntry[]
    const found = log.filter((entry) => entry.type === type).length
    ok(found >= count, `expected ${count} times "${type}"; the log contains ${JSON.stringify(log)}`)
  }

  /** Returns the log since the last call. */
  async take(): Promise<readonly ContractEntry[]> {
    return (await this.#send({ do: 'take' })) as ContractEntry[]
  }

  /** Returns the deliveries that reached the user's code since the last call, and drops the rest of the log. */
  async takeRuns(): Promise<readonly ContractDelivery[]> {
    const log = await this.take()
    return log.flatMap((entry) => (entry.type === 'ran' ? [entry.delivery] : []))
  }

  #send(command: Command): Promise<unknown> {
    return this.#control({ ...command, path: this.#path } as ContractCommand)
  }
}
