import { type ExitCode, exitCodes } from '../exit-codes.js'

/** Ends the command with one line for the user: what is wrong and what to do. */
export class CliError extends Error {
  override name = 'CliError'
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = exitCodes.usage) {
    super(message)
    this.exitCode = exitCode
  }
}
