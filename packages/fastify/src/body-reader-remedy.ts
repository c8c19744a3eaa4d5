/** What a Fastify user can do where something has read or replaced the body. */
export const bodyReaderRemedy =
  'Register the plugin webhooks before all that reads bodies in the hooks onRequest or preParsing, as plugins that decompress or keep them, ' +
  "or keep those off the webhook's route. Content type parsers are no trouble: they are skipped there."
