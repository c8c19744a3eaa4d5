import { webhook } from '@countersign/fastify'
import fastify from 'fastify'
import { verifyTimestampAndBody } from '../../snippets.js'
import { isTicket, options, secret } from '../receiver-options.js'

export async function create() {
  const app = fastify()

  app.register(async (scope) => {
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    scope.post('/snippet', async (request, reply) => {
      const body = verifyTimestampAndBody(request.headers, /** @type {Buffer} */ (request.body), secret)
      if (body === undefined) return reply.code(401).send()
      return reply.code(isTicket(JSON.parse(body)) ? 204 : 422).send()
    })
  })

  for (const [path, receiver] of Object.entries(options))
    app.post(path, { ...webhook(receiver) }, async (request, reply) =>
      reply.code(isTicket(request.webhook.payload) ? 204 : 422).send(),
    )

  await app.ready()
  return app.server
}
