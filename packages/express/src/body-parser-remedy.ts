/** What an Express user can do where a parser has read the body. */
export const bodyParserRemedy =
  'Mount the webhook route before app.use(express.json()) and other parsers; ' +
  "or let express.raw({ type: '*/*' }) be the one parser of the route; " +
  'or keep the bytes: express.json({ verify: (req, res, bytes) => { req.rawBody = bytes } }). ' +
  'In NestJS: NestFactory.create(AppModule, { rawBody: true }).'
