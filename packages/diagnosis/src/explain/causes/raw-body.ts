import type { Framework } from '../explanation.js'

/** How each framework gives the bytes that came. */
const ways: Readonly<Record<Framework, string>> = {
  express:
    "Mount the webhook's route before app.use(express.json()), or give it express.raw({ type: '*/*' }) as its only parser",
  fastify:
    "Spread webhook(options) of @countersign/fastify into the route's options, or take it in a scope of its own: removeAllContentTypeParsers(), then addContentTypeParser('*', { parseAs: 'buffer' }, ...)",
  hono: 'Verify new Uint8Array(await c.req.arrayBuffer()) before anything calls c.req.json() or c.req.text()',
  'next-app':
    'Verify new Uint8Array(await request.arrayBuffer()), not request.json() or request.text(); `export const config` does nothing in the App Router',
  'next-pages':
    "Put `export const config = { api: { bodyParser: false } }` into the route's own file and read the bytes from the request",
  nestjs:
    'Create the app with { rawBody: true } and verify request.rawBody; a parser of your own (app.use(json())) takes that away again',
  koa: "Mount the webhook's route before the body parser and read the bytes from ctx.req",
  lambda:
    "Verify Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8'), and take body parsers such as httpJsonBodyParser off this function",
  node: 'Put the chunks together with Buffer.concat, and decode them only after the signature was verified',
  fetch: 'Verify new Uint8Array(await request.arrayBuffer()), not request.json() or request.text()',
  django: 'Verify request.body, read before request.POST and before a REST framework reads request.data',
  flask: 'Verify request.get_data(), called before request.json or request.form',
  rails: 'Verify request.raw_post, not params or request.body after it was read',
  spring: 'Take the body as @RequestBody byte[], not as an object or a String',
  php: "Verify file_get_contents('php://input'), not $_POST and not json_encode() of what was decoded",
  go: 'Verify what io.ReadAll(r.Body) gives, before the JSON is decoded',
}

/** How to come by the bytes that were signed, as a sentence. */
export function rawBodyAdvice(framework: Framework | undefined): string {
  return framework
    ? `${ways[framework]}.`
    : 'Verify the bytes as they came from the socket, before anything parses them, and never what a serialiser writes.'
}
