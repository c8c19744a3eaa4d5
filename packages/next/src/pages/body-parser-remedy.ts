/** How to fix a body that Next.js has parsed: for API routes. */
export const bodyParserRemedy =
  "Next.js parses the body of an API route unless the route's own file disables that. Add this line to it: " +
  'export const config = { api: { bodyParser: false } }'
