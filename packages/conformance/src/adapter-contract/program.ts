import type { ContractCommand } from '../routes/contract-command.js'
import { controlOver } from './control-over.js'

/** How the suite tells the program what to do. */
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

/** Where a program is, and how it is told what to do. */
export function targetOf({ origin, control }: ContractProgram): Omit<Target, 'limitMs' | 'rejections'> {
  const { hostname: host, port: digits, pathname } = new URL(origin)
  const place = { host, port: Number(digits || 80), prefix: pathname.replace(/\/$/, '') }
  return control ? { ...place, control, close: () => {} } : { ...place, ...controlOver(place) }
}
