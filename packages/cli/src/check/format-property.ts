import type { CheckedProperty, CheckVerdict } from '@countersign/check'
import type { Style, Terminal } from '../terminal.js'

const marks: Readonly<Record<CheckVerdict, readonly [mark: string, style: Style]>> = {
  pass: ['✔', 'green'],
  fail: ['✘', 'red'],
  unknown: ['?', 'yellow'],
  'not-applicable': ['–', 'dim'],
}

const nameWidth = 25

/** A property in one line, and the advice in a second one. */
export function formatProperty(checked: CheckedProperty, terminal: Terminal): string {
  const { property, verdict, fault, evidence, advice } = checked
  const [mark, style] = marks[verdict]
  const finding = fault === undefined ? evidence : `${terminal.style('bold', fault)}: ${evidence}`
  const line = `${terminal.style(style, mark)} ${property.padEnd(nameWidth)} ${finding}`
  const indent = ' '.repeat(nameWidth + 3)
  return advice === '' ? line : `${line}\n${indent}${advice}`
}
