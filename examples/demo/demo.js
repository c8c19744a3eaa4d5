// Sends webhooks of five senders to an Express receiver over HTTP, and prints the result of each.
import { runDemo } from './run-demo.js'
import { senders } from './senders.js'

process.exitCode = await runDemo({
  senders: senders(),
  print: (text) => process.stdout.write(text),
  colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
})
