// Bundles src/worker.js and runs it in workerd, the runtime of Workers, which must be on the PATH.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'

await build({
  entryPoints: ['src/worker.js'],
  outfile: 'dist/worker.js',
  bundle: true,
  format: 'esm',
  conditions: ['workerd', 'worker', 'browser'],
  external: ['cloudflare:*'],
  logLevel: 'error',
})

const port = Number(process.env.PORT || 3000)
if (!Number.isInteger(port) || port < 0 || port > 65_535) stop('PORT must be a number from 0 to 65535.')
const address = `http=127.0.0.1:${port}`
const workerd = spawn('workerd', ['serve', 'config.capnp', `--socket-addr=${address}`, '--control-fd=3'], {
  stdio: ['ignore', 'inherit', 'pipe', 'pipe'],
  // A terminal sends SIGINT to the whole process group, and workerd would drop running requests.
  detached: true,
})
workerd.on('error', (error) => stop(`Cannot start workerd: ${error.message}`))
workerd.on('exit', (code) => {
  process.exitCode = code ?? 1
})

let isListening = false
readLines(3, (line) => {
  isListening = true
  console.log(`listening on http://127.0.0.1:${JSON.parse(line).port}`)
})
readLines(2, (line) => {
  // An error at the start of the worker comes with a stack trace of the bundle: log its message only.
  const reason = /^service \w+: Uncaught (?:\w*Error: )*(.+)/.exec(line)?.[1]
  if (isListening || !line.startsWith('  at ')) console.error(reason ?? line)
})

for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => workerd.kill('SIGTERM'))

/** @type {(stream: 2 | 3, read: (line: string) => void) => void} */
function readLines(stream, read) {
  const input = /** @type {import('node:stream').Readable | null} */ (workerd.stdio[stream])
  if (input) createInterface(input).on('line', read)
}

/** @type {(reason: string) => never} */
function stop(reason) {
  console.error(reason)
  process.exit(1)
}
