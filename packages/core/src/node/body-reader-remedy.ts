/** What can be done with Node's requests, and with Koa's, where something has read the body. */
export const bodyReaderRemedy =
  "Hand the request over before any parser reads it. With Koa, register koa-bodyparser or koa-body behind the webhook's route, or " +
  'let it skip that path; with node:http, listen to no data before. A host that reads the body first must keep its bytes as a Buffer ' +
  'in request.rawBody.'
