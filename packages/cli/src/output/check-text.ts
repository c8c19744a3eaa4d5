import type { CheckedProperty, CheckReport, CheckVerdict } from '@countersign/check'
import type { Style, Terminal } from '../terminal.js'

const marks: Readonly<Record<CheckVerdict, readonly [mark: string, style: Style]>> = {
  pass: ['✔', 'green'],
  fail: ['✘', 'red'],
  unknown: ['?', 'yellow'],
  'not-applicable': ['–', 'dim'],
}

const nameWidth = 25

/** A property in one line, and in a second what to do. */
export function tellProperty(checked: CheckedProperty, terminal: Terminal): string {
  const { property, verdict, fault, evidence, advice } = checked
  const [mark, style] = marks[verdict]
  const named = fault === undefined ? evidence : `${terminal.style('bold', fault)}: ${evidence}`
  const line = `${terminal.style(style, mark)} ${property.padEnd(nameWidth)} ${named}`
  const indent = ' '.repeat(nameWidth + 3)
  return advice === '' ? line : `${line}\n${indent}${advice}`
}

/** Tells properties as they are judged; of several in a row that come to the same thing the first, and the others by name. */
export class PropertyTeller {
  readonly #title: string
  readonly #terminal: Terminal
  #last: CheckedProperty | undefined
  readonly #alike: string[] = []

  constructor(title: string, terminal: Terminal) {
    this.#title = title
    this.#terminal = terminal
  }

  tell(checked: CheckedProperty): void {
    const { verdict, evidence, advice, property } = checked
    const last = this.#last
    this.#last = checked
    if (last === undefined) this.#terminal.print(`${this.#title}\n`)
    if (verdict === 'unknown' && last?.evidence === evidence && last.advice === advice) {
      this.#alike.push(property)
      return
    }
    this.#tellAlike()
    this.#terminal.print(tellProperty(checked, this.#terminal))
  }

  end(report: CheckReport): void {
    this.#tellAlike()
    this.#terminal.print(`\n${tellSummary(report, this.#terminal)}`)
  }

  #tellAlike(): void {
    const { length } = this.#alike
    if (length > 0)
      this.#terminal.print(`  likewise ${length > 3 ? `${length} others` : this.#alike.join(', ')}`)
    this.#alike.length = 0
  }
}

/** `2 of 32 properties failed: accepts-stale, runs-twice; 1 is open (?), which is no failure`. */
export function tellSummary({ properties }: CheckReport, terminal: Terminal): string {
  const count = (wanted: CheckVerdict) => properties.filter(({ verdict }) => verdict === wanted)
  const failed = count('fail')
  const open = count('unknown').length
  const remark = open === 0 ? '' : `; ${open} ${open === 1 ? 'is' : 'are'} open (?), which is no failure`
  if (failed.length === 0)
    return terminal.style('green', `${count('pass').length} properties hold, none failed${remark}`)
  const names = failed.map(({ fault }) => fault).join(', ')
  return terminal.style(
    'red',
    `${failed.length} of ${properties.length} properties failed: ${names}${remark}`,
  )
}
