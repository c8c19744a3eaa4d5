// A global setup of Vitest. After the run it prints how many cases each adapter has passed, and which part of the tests ran.
import { countAll, readContractResults } from './contract-results.js'

/** @param {import('vitest/node').TestProject} project */
export function setup({ config }) {
  const startedAt = Date.now()
  return () => {
    printContract(startedAt)
    if (config.exclude.includes('**/*.matrix.test.ts'))
      console.log('\nThese were the sources, tested once. The full matrix: npx -y pnpm@12 test:all')
  }
}

/** @param {number} startedAt */
function printContract(startedAt) {
  const results = readContractResults(startedAt)
  if (results.length === 0) return
  const width = Math.max(...results.map(({ adapter }) => adapter.length))
  console.log('\nAdapter contract')
  for (const result of results) {
    const { adapter, excepted, failed } = result
    const exceptions = excepted > 0 ? `, ${excepted} of them fail as expected` : ''
    console.log(`  ${adapter.padEnd(width)}  ${countAll(result)} cases${exceptions}, ${failed} tests failed`)
  }
}
