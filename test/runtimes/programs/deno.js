import { createProgram } from './create-program.js'

const answer = createProgram(Deno.env.get('ADAPTER'))
Deno.serve(
  {
    hostname: '127.0.0.1',
    port: 0,
    onListen: ({ port }) => console.log(`listening on http://127.0.0.1:${port}`),
  },
  (request) => answer(request),
)
