/** How to fix a body that something has read: for `node:http` and Koa. */
export const bodyParserRemedy =
  'Pass the request to the webhook before any parser reads it. With Koa, register koa-bodyparser or koa-body after the webhook ' +
  'route, or let it skip that path. With node:http, attach no data listener before. A host that reads the body first must keep its ' +
  'bytes as a Buffer in request.rawBody.'
