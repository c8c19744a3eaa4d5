import ts from 'typescript'
import { expect, test } from 'vitest'
import { listPackages } from './list-packages.js'

/** The command has options, and no modules to import. */
const packages = listPackages().filter(({ entries }) => entries.length > 0)

test.each(packages)('every public export of $name has TSDoc', { timeout: 60_000 }, ({ entries }) => {
  const program = ts.createProgram([...entries], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['@countersign/source'],
    noEmit: true,
  })
  const checker = program.getTypeChecker()
  const exported = entries.flatMap((entry) => {
    const source = program.getSourceFile(entry)
    const module = source && checker.getSymbolAtLocation(source)
    return module ? checker.getExportsOfModule(module) : []
  })
  expect(exported).not.toEqual([])

  const undocumented = exported.filter((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    return ts.displayPartsToString(target.getDocumentationComment(checker)).trim() === ''
  })
  expect([...new Set(undocumented.map(({ name }) => name))]).toEqual([])
})
