import * as schemes from '@countersign/core/schemes'
import { measureSizes } from './measure-sizes.js'

/** @typedef {{ readonly name: string, readonly gzip: number }} SchemeWeight `verify` with this scheme, in bytes */

/** They prove and build nothing by themselves. */
const others = ['defineScheme', 'findSigner']

/** @returns {Promise<SchemeWeight[]>} of each scheme, the largest first */
export async function weighSchemes() {
  const names = Object.keys(schemes).filter((name) => !others.includes(name))
  const code = (/** @type {string} */ name) =>
    `export { verify } from '@countersign/core'\nexport { ${name} } from '@countersign/core/schemes'`
  const sizes = await measureSizes(new Map(names.map((name) => [name, code(name)])), 'node')
  return [...sizes].map(([name, { gzip }]) => ({ name, gzip })).sort((a, b) => b.gzip - a.gzip)
}
