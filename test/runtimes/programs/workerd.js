import { env } from 'cloudflare:workers'
import { createProgram } from './create-program.js'

const answer = createProgram(env.ADAPTER)

export default {
  /** @type {(request: Request, env: unknown, context: { waitUntil(promise: Promise<unknown>): void }) => unknown} */
  fetch: (request, _env, context) => answer(request, context),
}
