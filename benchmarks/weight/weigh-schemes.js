import * as schemes from '@countersign/core/schemes'
import { measureSize } from './measure-size.js'

/** @typedef {{ readonly name: string, readonly gzip: number }} SchemeWeight `verify` with this scheme, in bytes */

/** They prove and build nothing by themselves. */
const others = ['defineScheme', 'findSigner']

/** @returns {Promise<SchemeWeight[]>} of each scheme, the largest first */
export async function weighSchemes() {
  const names = Object.keys(schemes).filter((name) => !others.includes(name))
  const weights = []
  for (const name of names) {
    const code = `export { verify } from '@countersign/core'\nexport { ${name} } from '@countersign/core/schemes'`
    weights.push({ name, gzip: (await measureSize(code, 'node')).gzip })
  }
  return weights.sort((a, b) => b.gzip - a.gzip)
}
