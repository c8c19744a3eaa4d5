/** What the user of an API route can do where Next has read the body. */
export const bodyParserRemedy =
  "Next.js parses the body of an API route unless the route's own file says otherwise. Add this line to it: " +
  'export const config = { api: { bodyParser: false } }'
