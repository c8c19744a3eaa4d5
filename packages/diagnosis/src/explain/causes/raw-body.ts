import type { Framework } from '../explanation.js'

/** How to get the raw body in each framework. */
const ways: Readonly<Record<Framework, string>> = {
  express:
    "Mount the webhook's route before app.use(express.json()), or give it express.raw({ type: '*/*' }) as its only parser",
  fastify:
    "Spread webhook(options) from @countersign/fastify into the route's options, or register the route in its own scope: removeAllContentTypeParsers(), then addContentTypeParser('*', { parseAs: 'buffer' }, ...)",
  hono: 'Verify new Uint8Array(await c.req.arrayBuffer()) before anything calls c.req.json() or c.req.text()',
  'next-app':
    'Verify new Uint8Array(await request.arrayBuffer()), not request.json() or request.text(); `export const config` has no effect in the App Router',
  'next-pages':
    "Add `export const config = { api: { bodyParser: false } }` to the route's own file and read the bytes from the request",
  nestjs:
    'Create the app with { rawBody: true } and verify request.rawBody; your own parser (app.use(json())) removes it again',
  koa: "Mount the webhook's route before the body parser and read the bytes from ctx.req",
  lambda:
    "Verify Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8'), and remove body parsers such as httpJsonBodyParser from this function",
  node: 'Join the chunks with Buffer.concat, and decode them only after the signature is verified',
  fetch: 'Verify new Uint8Array(await request.arrayBuffer()), not request.json() or request.text()',
  django: 'Verify request.body, read before request.POST and before a REST framework reads request.data',
  flask: 'Verify request.get_data(), called before request.json or request.form',
  rails: 'Verify request.raw_post, not params, and not request.body after it was read',
  spring: 'Declare the body as @RequestBody byte[], not as an object or a String',
  php: "Verify file_get_contents('php://input'), not $_POST and not json_encode() of decoded data",
  go: 'Verify the result of io.ReadAll(r.Body) before you decode the JSON',
}

/** How to get the bytes that were signed, as a sentence. */
export function rawBodyAdvice(framework: Framework | undefined): string {
  return framework
    ? `${ways[framework]}.`
    : 'Verify the raw bytes as received, before anything parses them, and never serialize parsed data again.'
}
