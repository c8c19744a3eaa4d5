// The types of Workers that this example uses. In your own project, run `wrangler types`.
declare module 'cloudflare:workers' {
  /** The bindings; here all are secrets. */
  export const env: Readonly<Record<string, string | undefined>>
}
