/** How to fix a body that something has read: for Hono. */
export const bodyParserRemedy =
  'Register the webhook route before any app.use() that reads the body, or put webhook() in front of it: ' +
  'after webhook(), c.req.json() and the other readers work as usual.'
