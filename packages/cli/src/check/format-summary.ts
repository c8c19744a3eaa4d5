import type { CheckReport, CheckVerdict } from '@countersign/check'
import type { Terminal } from '../terminal.js'

/** `2 of 32 properties failed: accepts-stale, runs-twice; 1 is open (?), which is no failure`. */
export function formatSummary({ properties }: CheckReport, terminal: Terminal): string {
  const withVerdict = (wanted: CheckVerdict) => properties.filter(({ verdict }) => verdict === wanted)
  const failed = withVerdict('fail')
  const passed = withVerdict('pass').length
  const open = withVerdict('unknown').length
  const remark = open === 0 ? '' : `; ${open} ${open === 1 ? 'is' : 'are'} open (?), which is no failure`
  if (failed.length === 0) return terminal.style('green', `${passed} properties hold, none failed${remark}`)
  const names = failed.map(({ fault }) => fault).join(', ')
  return terminal.style(
    'red',
    `${failed.length} of ${properties.length} properties failed: ${names}${remark}`,
  )
}
