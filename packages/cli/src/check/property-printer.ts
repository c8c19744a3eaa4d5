import type { CheckedProperty, CheckReport } from '@countersign/check'
import type { Terminal } from '../terminal.js'
import { formatProperty } from './format-property.js'
import { formatSummary } from './format-summary.js'

/**
 * Prints properties as they are judged. Of several unknown ones in a row with the same reason, it prints the first in full
 * and the others by name.
 */
export class PropertyPrinter {
  readonly #title: string
  readonly #terminal: Terminal
  #last: CheckedProperty | undefined
  readonly #alike: string[] = []

  constructor(title: string, terminal: Terminal) {
    this.#title = title
    this.#terminal = terminal
  }

  print(checked: CheckedProperty): void {
    const { verdict, evidence, advice, property } = checked
    const last = this.#last
    this.#last = checked
    if (last === undefined) this.#terminal.print(`${this.#title}\n`)
    if (verdict === 'unknown' && last?.evidence === evidence && last.advice === advice) {
      this.#alike.push(property)
      return
    }
    this.#printAlike()
    this.#terminal.print(formatProperty(checked, this.#terminal))
  }

  end(report: CheckReport): void {
    this.#printAlike()
    this.#terminal.print(`\n${formatSummary(report, this.#terminal)}`)
  }

  #printAlike(): void {
    const { length } = this.#alike
    if (length > 0)
      this.#terminal.print(`  likewise ${length > 3 ? `${length} others` : this.#alike.join(', ')}`)
    this.#alike.length = 0
  }
}
