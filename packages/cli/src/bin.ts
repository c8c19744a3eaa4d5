#!/usr/bin/env node
import process from 'node:process'
import { exitCodes } from './exit-codes.js'
import { runCli } from './run-cli.js'
import { closed } from './terminal.js'

/** For commands that still have something to end. */
const graceMs = 2_000
const interruption = new AbortController()

process.once('SIGINT', () => {
  interruption.abort()
  setTimeout(quit, graceMs).unref()
  process.once('SIGINT', quit)
})

function quit(): never {
  process.stderr.write('countersign: interrupted\n')
  process.exit(exitCodes.interrupted)
}

// A reader that has seen enough, as `head`, closes the pipe. What is endless ends; what is not keeps its own exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') {
    setTimeout(() => process.exit(exitCodes.interrupted), graceMs).unref()
    return interruption.abort(closed)
  }
  process.stderr.write(`countersign: cannot write the output (${error.code})\n`)
  process.exit(exitCodes.usage)
})
process.stderr.on('error', () => {})

// A fault of this program. Its message could quote what must not be printed.
process.on('uncaughtException', (error) => {
  process.stderr.write(`countersign: a fault of its own (${error?.name}); please report what you ran\n`)
  process.exit(exitCodes.usage)
})

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  interrupted: interruption.signal,
})
