import { serve } from '@hono/node-server'
import { createProgram } from './create-program.js'

const answer = createProgram(process.env.ADAPTER)
serve({ fetch: (request) => answer(request), hostname: '127.0.0.1', port: 0 }, ({ port }) => {
  console.log(`listening on http://127.0.0.1:${port}`)
})
