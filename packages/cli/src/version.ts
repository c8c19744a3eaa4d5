import { createRequire } from 'node:module'

/** Read at run time: the built file lies as deep as this one. */
const manifest: { readonly version: string } = createRequire(import.meta.url)('../package.json')

/** The package's version. */
export const { version } = manifest
