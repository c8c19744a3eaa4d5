import type { Tree } from '../../../tools/sources/read-tree.js'

const limit = 300

/** Modules of packages, tests, tools and examples that are too long to read in one sitting. */
export function findLongFiles(tree: Tree): string[] {
  return [...tree].flatMap(([path, text]) => {
    const lines = text.split('\n').length - 1
    if (!/\.[mc]?[jt]sx?$/.test(path) || lines <= limit) return []
    return [
      `${path}:${limit + 1} is past the limit of ${limit} lines: move one of its ideas into a file of its own`,
    ]
  })
}
