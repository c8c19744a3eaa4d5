// Vitest calls this around a run. At its end it says how many cases each adapter has passed.
import { countAll, readContractResults } from './contract-results.js'

export function setup() {
  const startedAt = Date.now()
  return () => {
    const results = readContractResults(startedAt)
    if (results.length === 0) return
    const width = Math.max(...results.map(({ adapter }) => adapter.length))
    console.log('\nAdapter contract')
    for (const result of results) {
      const { adapter, excepted, failed } = result
      const exceptions = excepted > 0 ? `, ${excepted} of them fail as expected` : ''
      console.log(
        `  ${adapter.padEnd(width)}  ${countAll(result)} cases${exceptions}, ${failed} tests failed`,
      )
    }
  }
}
