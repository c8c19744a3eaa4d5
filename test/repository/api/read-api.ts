import { join, posix, relative, sep } from 'node:path'
import ts from 'typescript'
import { root, type Tree } from '../../../tools/sources/read-tree.js'
import { type EntryName, importNames } from './import-names.js'
import { type Example, readExamples } from './read-examples.js'

/** What an entry of a package exports. */
export interface PublicExport {
  readonly name: string
  /** What one imports it from. */
  readonly entry: string
  /** Where it is declared, as `packages/core/src/verify.ts:44`. */
  readonly place: string
  readonly hasComment: boolean
  /** A function, or a class that is no error. */
  readonly isCalled: boolean
  readonly hasExample: boolean
}

export interface Api {
  readonly exported: readonly PublicExport[]
  /** Where an example does not compile, and why. */
  readonly problems: readonly string[]
}

/** Reads the exports of all entries and compiles all examples of the sources. */
export function readApi(tree: Tree, entries: ReadonlyMap<string, string>): Api {
  const options = readOptions()
  const examples = new Map<string, Example>()
  const host = overlay(ts.createCompilerHost(options), tree, examples)
  const sources = [...entries.values()].map(toDisk)
  const program = ts.createProgram(sources, options, host)
  const names = [...entries].flatMap(([entry, path]) => listNames(program, entry, path))
  for (const [index, example] of readExamples(tree).entries()) {
    const code = `${example.code}\n${importNames(example, names)}`
    examples.set(join(root, `test/docs/examples/${index}.ts`), { ...example, code })
  }
  const compiled = ts.createProgram([...sources, ...examples.keys()], options, host, program)
  return {
    exported: [...entries].flatMap(([entry, path]) => listExports(program, entry, toDisk(path))),
    problems: [...examples].flatMap(([path, example]) => listProblems(compiled, path, example)),
  }
}

function listNames(program: ts.Program, entry: string, path: string): EntryName[] {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(toDisk(path))
  const module = source && checker.getSymbolAtLocation(source)
  return (module ? checker.getExportsOfModule(module) : []).map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    return { name: symbol.name, entry, path, isType: (target.flags & ts.SymbolFlags.Value) === 0 }
  })
}

const toDisk = (path: string) => join(root, path)
const fromDisk = (path: string) => relative(root, path).split(sep).join('/')

function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, root).options, noEmit: true }
}

/** The disk, with the files of the tree and the examples laid over it. */
function overlay(host: ts.CompilerHost, tree: Tree, examples: ReadonlyMap<string, Example>): ts.CompilerHost {
  const read = (path: string) => {
    const example = examples.get(path)
    return example ? `${example.code}\nexport {}\n` : tree.get(fromDisk(path))
  }
  const { fileExists, directoryExists, readFile, getSourceFile } = host
  const parsed = new Map<string, ts.SourceFile>()
  const folders = new Set([...tree.keys()].map((path) => posix.dirname(path)))
  return Object.assign(host, {
    fileExists: (path: string) => read(path) !== undefined || fileExists(path),
    directoryExists: (path: string) => folders.has(fromDisk(path)) || directoryExists?.(path) === true,
    readFile: (path: string) => read(path) ?? readFile(path),
    getSourceFile(path: string, ...rest: [ts.ScriptTarget]) {
      const text = examples.has(path) ? read(path) : tree.get(fromDisk(path))
      const source =
        parsed.get(path) ??
        (text === undefined
          ? getSourceFile.call(host, path, ...rest)
          : ts.createSourceFile(path, text, ...rest))
      if (source) parsed.set(path, source)
      return source
    },
  })
}

function listExports(program: ts.Program, entry: string, path: string): PublicExport[] {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(path)
  const module = source && checker.getSymbolAtLocation(source)
  return (module ? checker.getExportsOfModule(module) : []).map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const [declaration] = target.declarations ?? []
    const file = declaration?.getSourceFile()
    const line = file ? file.getLineAndCharacterOfPosition(declaration?.getStart() ?? 0).line + 1 : 0
    return {
      name: symbol.name,
      entry,
      place: `${file ? fromDisk(file.fileName) : fromDisk(path)}:${line}`,
      hasComment: ts.displayPartsToString(target.getDocumentationComment(checker)).trim() !== '',
      isCalled: declaration !== undefined && isCalled(checker.getTypeOfSymbolAtLocation(target, declaration)),
      hasExample: target.getJsDocTags(checker).some((tag) => tag.name === 'example'),
    }
  })
}

/** Errors are caught, not made: nobody has to be shown how. */
function isCalled(type: ts.Type): boolean {
  const classes = type.getConstructSignatures()
  if (classes.some((signature) => signature.getReturnType().getProperty('stack'))) return false
  return classes.length + type.getCallSignatures().length > 0
}

function listProblems(program: ts.Program, path: string, example: Example): string[] {
  const source = program.getSourceFile(path)
  const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
  return diagnostics.map(({ file, start = 0, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line : 0
    return `${example.file}:${example.line + line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
}
