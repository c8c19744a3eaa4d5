import type { ContractCommand } from '../routes/contract-command.js'

/** Sends the program a command, and resolves to its answer. */
export type Control = (command: ContractCommand) => Promise<unknown>

/** The program under test, as `start` gives it. */
export interface ContractProgram {
  /** Where it listens: `http://127.0.0.1:1234`, with a path where all of its routes lie below one. */
  readonly origin: string
  /** `control` of its routes, where it runs in this process. Default: `POST /contract/control` below its origin, with JSON both ways. */
  readonly control?: Control
  /** Stops it. */
  stop(): Promise<void>
}

/** The program as cases see it. */
export interface Target {
  readonly host: string
  readonly port: number
  /** What stands before each path: `''`, or as `/api`. */
  readonly prefix: string
  readonly control: Control
  /** Ends what the suite itself holds open. */
  readonly close: () => void
  /** After so many milliseconds without a sign, an answer is not to be expected any more. */
  readonly limitMs: number
  /** Promises that nobody looked after, so far. */
  readonly rejections: () => readonly string[]
}
