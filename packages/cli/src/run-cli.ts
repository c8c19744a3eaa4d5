import { Command } from 'commander'
import { commands } from './commands/index.js'
import { describeUsageError } from './errors/describe-usage-error.js'
import { reportError } from './errors/report-error.js'
import type { ExitCode } from './exit-codes.js'
import { type ProcessParts, Terminal } from './terminal.js'
import { version } from './version.js'

/** Runs the command line. It never throws: an error is one line on stderr and an exit code. */
export async function runCli(args: readonly string[], parts: ProcessParts): Promise<ExitCode> {
  const terminal = new Terminal(parts, args)
  try {
    await createProgram(terminal).parseAsync(args, { from: 'user' })
    return terminal.exitCode
  } catch (error) {
    return reportError(error, terminal)
  }
}

function createProgram(terminal: Terminal): Command {
  const { stdout } = terminal.parts
  const width = (stdout.isTTY ? stdout.columns : undefined) ?? 100
  const program = new Command('countersign')
    .description('Signs, sends, verifies and checks webhooks, and finds out why a signature does not match.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', help)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.printError(text.trimEnd()),
      outputError: (text) => terminal.printError(`countersign: ${describeUsageError(text)}`),
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
    })
  // After the settings above: commands inherit them as they are added.
  for (const addCommand of commands) addCommand(program, terminal)
  return program
}

const help = `
Exit codes:
  0    done; where there was a question, the answer is yes
  1    done, and the answer is no: refused, failed, not found
  2    the command line or its input is wrong
  3    nobody answers
  130  interrupted (Ctrl-C)

Secrets are read from the environment, a file or stdin, never from arguments, and are withheld from all output.`
