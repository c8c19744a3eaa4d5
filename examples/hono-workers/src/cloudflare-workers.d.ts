// What the repository's programs need of the types of Workers. In a project of your own, `wrangler types` writes them.
declare module 'cloudflare:workers' {
  /** The bindings: here all of them are secrets. */
  export const env: Readonly<Record<string, string | undefined>>
}
