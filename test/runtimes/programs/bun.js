import { createProgram } from './create-program.js'

const answer = createProgram(process.env.ADAPTER)
const { port } = Bun.serve({
  fetch: (request) => answer(request),
  hostname: '127.0.0.1',
  port: 0,
  // Above every limit of the suite, so that the suite refuses large bodies, not Bun.
  maxRequestBodySize: 4 * 1024 ** 3,
})
console.log(`listening on http://127.0.0.1:${port}`)
