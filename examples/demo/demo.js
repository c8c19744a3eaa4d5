// Delivers webhooks of five senders to an Express receiver over real HTTP, and shows what becomes of each.
import { runDemo } from './run-demo.js'
import { senders } from './senders.js'

process.exitCode = await runDemo({
  senders: senders(),
  print: (text) => process.stdout.write(text),
  colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
})
