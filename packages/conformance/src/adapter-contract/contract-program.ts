import type { ContractCommand } from '../routes/contract-command.js'

/** Sends a command to the program, and resolves to its answer. */
export type Control = (command: ContractCommand) => Promise<unknown>

/** The program under test, as {@link TestAdapterOptions.start} returns it. */
export interface ContractProgram {
  /** Where it listens, for example `http://127.0.0.1:1234`, with a path if all of its routes are mounted under one. */
  readonly origin: string
  /** The `control` of its routes, if it runs in this process. Default: `POST /contract/control` under its origin, with JSON in both directions. */
  readonly control?: Control
  /** Stops the program, after all tests. */
  stop(): Promise<void>
}

/** The program, as cases reach it. */
export interface Target {
  readonly host: string
  readonly port: number
  /** The prefix of each path: `''`, or for example `/api`. */
  readonly prefix: string
  readonly control: Control
  /** Closes the suite's own connection. */
  readonly close: () => void
  /** Milliseconds without a byte after which an answer counts as lost. */
  readonly limitMs: number
  /** Unhandled promise rejections so far. */
  readonly rejections: () => readonly string[]
}
