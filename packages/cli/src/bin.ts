#!/usr/bin/env node
import process from 'node:process'
import { exitCodes } from './exit-codes.js'
import { runCli } from './run-cli.js'
import { closed } from './terminal.js'

/** How long an interrupted command may take to end by itself, for example to close a connection. */
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

// `head` closes the pipe when it has read enough. An endless command ends then; others keep their own exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') {
    setTimeout(() => process.exit(exitCodes.interrupted), graceMs).unref()
    return interruption.abort(closed)
  }
  process.stderr.write(`countersign: cannot write the output (${error.code})\n`)
  process.exit(exitCodes.usage)
})
process.stderr.on('error', () => {})

// A bug in this program. Its message may quote a secret, so only its name is printed.
process.on('uncaughtException', (error) => {
  process.stderr.write(
    `countersign: internal error (${error?.name}); please report it with the command you ran\n`,
  )
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
