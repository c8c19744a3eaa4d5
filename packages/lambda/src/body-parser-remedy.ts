/** How to fix a body that a middleware has replaced: for Lambda functions. */
export const bodyParserRemedy =
  "Remove body parsers (Middy's httpJsonBodyParser and the like) from this function, or give the webhook a function of its own."
