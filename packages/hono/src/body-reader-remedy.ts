/** What a Hono user can do where something has read the body. */
export const bodyReaderRemedy =
  'Register the webhook route before app.use() of whatever reads the body, or put webhook() in front of it: ' +
  'behind webhook(), c.req.json() and the others work as ever.'
