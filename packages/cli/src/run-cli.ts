import { Command } from 'commander'
import { commands } from './commands/index.js'
import { describeUsageError } from './describe-usage-error.js'
import { type ExitCode, exitCodes } from './exit-codes.js'
import { reportEnd } from './report-end.js'
import { type ProcessParts, Terminal } from './terminal.js'
import { version } from './version.js'

/** Adds a command to the program. */
export type AddCommand = (program: Command, terminal: Terminal) => void

/** Runs the command line. Never throws: whatever goes wrong is one line on stderr and an exit code. */
export async function runCli(args: readonly string[], parts: ProcessParts): Promise<ExitCode> {
  const terminal = new Terminal(parts)
  const program = createProgram(terminal)
  typed.set(program, args)
  try {
    await program.parseAsync(args, { from: 'user' })
    return ends.get(program) ?? exitCodes.ok
  } catch (error) {
    return reportEnd(error, terminal)
  }
}

const ends = new WeakMap<Command, ExitCode>()
const typed = new WeakMap<Command, readonly string[]>()

/** What the user typed after `countersign`. */
export function typedArgs(command: Command): readonly string[] {
  return typed.get(rootOf(command)) ?? []
}

/** Says what the process ends with, where that is not 0. */
export function endWith(command: Command, code: ExitCode): void {
  ends.set(rootOf(command), code)
}

function rootOf(command: Command): Command {
  let root = command
  while (root.parent) root = root.parent
  return root
}

const exitCodesHelp = `
Exit codes:
  0    done; where there was a question, the answer is yes
  1    done, and the answer is no: refused, failed, not found
  2    the command line or its input is wrong
  3    nobody answers
  130  interrupted (Ctrl-C)

Secrets are read from the environment, a file or stdin, never from arguments, and withheld from all output.`

function createProgram(terminal: Terminal): Command {
  const { stdout } = terminal.parts
  const width = stdout.isTTY ? stdout.columns : undefined
  const program = new Command('countersign')
    .description('Signs, sends, verifies and checks webhooks, and finds out why a signature does not match.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', exitCodesHelp)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.printError(text.trimEnd()),
      outputError: (text) => terminal.printError(`countersign: ${describeUsageError(text)}`),
      getOutHelpWidth: () => width ?? 100,
      getErrHelpWidth: () => width ?? 100,
    })
  for (const addCommand of commands) addCommand(program, terminal)
  for (const command of program.commands) inheritSettings(command, program)
  return program
}

/** What was added as an object of its own would else write to the process itself, and end it. */
function inheritSettings(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent)
  for (const child of command.commands) inheritSettings(child, command)
}
