/** How to fix a body that something has read or replaced: for Fastify. */
export const bodyParserRemedy =
  'Register the plugin webhooks before every plugin that reads bodies in the hooks onRequest or preParsing, such as those that ' +
  'decompress or store them, or do not apply those to the webhook route. Content type parsers are no problem: the webhook route skips them.'
