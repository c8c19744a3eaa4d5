import { describe, expect, test } from 'vitest'
import { listPackages } from '../../tools/sources/list-packages.js'
import { readTree } from '../../tools/sources/read-tree.js'
import { type PublicExport, readApi } from './api/read-api.js'

const patience = { timeout: 120_000 }
const tree = readTree()
const entries = new Map(listPackages(tree).flatMap((found) => [...found.entries]))

/** The error that applications make themselves. */
const thrownByApplications = 'WebhookPermanentError'

/** An export that several entries have is listed once. */
function list(exported: readonly PublicExport[], what: string): string[] {
  return [...new Set(exported.map(({ name, place }) => `${place} ${name} has no ${what}`))].sort()
}

const withoutComment = (exported: readonly PublicExport[]) =>
  list(
    exported.filter(({ hasComment }) => !hasComment),
    'comment: say what it is, with units and errors',
  )

const withoutExample = (exported: readonly PublicExport[]) =>
  list(
    exported.filter(
      ({ name, isCalled, hasExample }) => !hasExample && (isCalled || name === thrownByApplications),
    ),
    '@example: show a call that one can copy',
  )

describe('the public API', patience, () => {
  let api: ReturnType<typeof readApi> | undefined
  const read = () => {
    api ??= readApi(tree, entries)
    return api
  }

  test('is read from every entry', () => {
    const found = new Set(read().exported.map(({ entry }) => entry))
    expect([...entries.keys()].filter((entry) => !found.has(entry))).toEqual([])
  })

  test('has a comment on every export', () => expect(withoutComment(read().exported)).toEqual([]))

  test('has an example of every function and class that one calls', () => {
    expect(withoutExample(read().exported)).toEqual([])
  })

  test('has examples that compile', () => expect(read().problems).toEqual([]))
})

test(
  'what lacks a comment or an example is named, and so is an example that does not compile',
  patience,
  () => {
    const sample = new Map([
      ['packages/sample/src/index.ts', "export * from './sign.js'\n"],
      [
        'packages/sample/src/sign.ts',
        `/** A key. */
export type Key = string

export interface Options { readonly key: Key }

/** Signs. */
export function sign(): void {}

/**
 * Sends.
 *
 * @example
 * import { createHmac } from 'node:crypto'
 *
 * send(createHmac)
 *
 * @throws never
 */
export class Sender {}

/**
 * Checks.
 *
 * @example
 * \`\`\`ts
 * const text: string = 1
 * \`\`\`
 */
export const check = (): void => {}
`,
      ],
    ])
    const { exported, problems } = readApi(
      sample,
      new Map([['@countersign/sample', 'packages/sample/src/index.ts']]),
    )
    expect(withoutComment(exported)).toEqual([
      'packages/sample/src/sign.ts:4 Options has no comment: say what it is, with units and errors',
    ])
    expect(withoutExample(exported)).toEqual([
      'packages/sample/src/sign.ts:7 sign has no @example: show a call that one can copy',
    ])
    expect(problems).toEqual([
      "packages/sample/src/sign.ts:15 Cannot find name 'send'.",
      "packages/sample/src/sign.ts:26 Type 'number' is not assignable to type 'string'.",
    ])
  },
)
