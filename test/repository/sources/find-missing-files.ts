import type { Tree } from '../../../tools/sources/read-tree.js'

/**
 * Files that packages of one kind should have in `src` and do not, as their README does not explain: under a heading
 * `Files`, it names each that the package lacks.
 */
export function findMissingFiles(
  tree: Tree,
  packages: readonly string[],
  files: readonly string[],
): string[] {
  return packages.flatMap((name) => {
    const readme = tree.get(`packages/${name}/README.md`) ?? ''
    const [, explained = ''] = /^## Files\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(readme) ?? []
    return files
      .filter((file) => !tree.has(`packages/${name}/src/${file}`) && !explained.includes(`\`${file}\``))
      .map(
        (file) =>
          `packages/${name}/src has no ${file}: add it, or say why not in a section "Files" of packages/${name}/README.md`,
      )
  })
}
