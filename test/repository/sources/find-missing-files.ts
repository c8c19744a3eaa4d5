import type { Tree } from '../../../tools/sources/read-tree.js'

/** A file by its name, or one of several that hold the same. */
export type FileName = string | readonly string[]

/**
 * Files that packages of one kind should have in `src` and do not, as their README does not explain: under a heading
 * `Files`, it names each that the package lacks, outside the table of those it has.
 */
export function findMissingFiles(
  tree: Tree,
  packages: readonly string[],
  files: readonly FileName[],
): string[] {
  return packages.flatMap((name) => {
    const readme = tree.get(`packages/${name}/README.md`) ?? ''
    const [, section = ''] = /^## Files\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(readme) ?? []
    const explained = section.replaceAll(/^\|.*$/gm, '')
    const isThere = (file: string) =>
      tree.has(`packages/${name}/src/${file}`) || explained.includes(`\`${file}\``)
    return files
      .map((file) => (typeof file === 'string' ? [file] : file))
      .filter((choice) => !choice.some(isThere))
      .map(
        (choice) =>
          `packages/${name}/src has no ${choice.join(' or ')}: add it, or say why not in a section "Files" of packages/${name}/README.md`,
      )
  })
}
