/** How to fix a body that a parser has read: for Express and NestJS. */
export const bodyParserRemedy =
  'Mount the webhook route before app.use(express.json()) and other parsers; ' +
  "or use express.raw({ type: '*/*' }) as the only parser of the route; " +
  'or keep the bytes: express.json({ verify: (req, res, bytes) => { req.rawBody = bytes } }). ' +
  'In NestJS: NestFactory.create(AppModule, { rawBody: true }).'
