// Loads one route of one server for some seconds under Node's profiler: see README.md.
import { randomBytes } from 'node:crypto'
import { startProgram } from '../load/start-program.js'

const [name = 'express', route = 'webhook', bytes = '1024', requests = '20000'] = process.argv.slice(2)
const secret = randomBytes(32).toString('hex')
const server = await startProgram(new URL('./serve-framework.js', import.meta.url), {
  args: [name],
  execArgv: ['--cpu-prof', `--cpu-prof-name=${name}-${route}-${bytes}.cpuprofile`],
  env: { SECRET: secret },
})
const generator = await startProgram(new URL('../load/generate-load.js', import.meta.url))
const load = { port: server.greeting.port, path: `/${route}`, secret, kind: 'accepted', bytes: Number(bytes) }
// In parts, because signed requests are kept until they are sent.
for (let left = Number(requests); left > 0; left -= 1000) {
  await generator.ask({ do: 'prepare', ...load, count: Math.min(left, 1000), connections: 16 })
  await generator.ask({ do: 'send' })
}
await Promise.all([generator.stop(), server.stop()])
