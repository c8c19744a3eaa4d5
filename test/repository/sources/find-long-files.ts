import type { Tree } from '../../../tools/sources/read-tree.js'

const limit = 300

/** Suites that are a long row of cases over one setting, with the most lines each may have: they may shrink, not grow. */
export const longSuites: Readonly<Record<string, number>> = {
  'packages/cli/test/store-sqlite.test.ts': 400,
  'packages/core/test/defects-of-others.test.ts': 400,
  'packages/core/test/dedupe/deferred-completion.test.ts': 450,
  'packages/core/test/explain/explain-refusals.test.ts': 450,
  'packages/core/test/receiver.test.ts': 650,
  'packages/core/test/schemes/custom-scheme.test.ts': 550,
  'packages/core/test/secrets.test.ts': 450,
  'packages/core/test/verify.test.ts': 700,
  'packages/express/test/settle-before-end.test.ts': 400,
  'packages/fastify/test/types/routes.ts': 350,
}

/** Modules of packages, tests, tools and examples that are too long to be read at a sitting. */
export function findLongFiles(tree: Tree, allowed = longSuites): string[] {
  return [...tree].flatMap(([path, text]) => {
    const lines = text.split('\n').length - 1
    const most = allowed[path] ?? limit
    if (!/\.[mc]?[jt]sx?$/.test(path) || lines <= most) return []
    return [
      `${path}:${most + 1} is past the ${most} lines of this file: move one of its ideas into a file of its own`,
    ]
  })
}
