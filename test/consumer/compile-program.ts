import ts from 'typescript'

/** How a consumer's project is set up. */
export interface ConsumerSetup {
  readonly name: string
  readonly module: ts.ModuleKind
  readonly moduleResolution: ts.ModuleResolutionKind
}

/** The ways in which current projects resolve the packages. */
export const setups: readonly ConsumerSetup[] = [
  {
    name: 'moduleResolution node16',
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
  },
  {
    name: 'moduleResolution bundler',
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  },
]

/** Options that differ from a Node project's. */
export interface CompileOptions {
  readonly types?: readonly string[]
  readonly lib?: readonly string[]
  readonly outDir?: string
}

/**
 * Compiles a program as a strict consumer does, declarations of the packages included (`skipLibCheck: false`).
 *
 * @returns the compiler's output, empty if there are no errors
 */
export function compileProgram(
  file: string,
  { module, moduleResolution }: ConsumerSetup,
  { types = ['node'], lib = ['lib.es2023.d.ts'], outDir }: CompileOptions = {},
): readonly string[] {
  const program = ts.createProgram([file], {
    module,
    moduleResolution,
    target: ts.ScriptTarget.ES2022,
    lib: [...lib],
    types: [...types],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    ...(outDir === undefined ? { noEmit: true } : { outDir }),
  })
  const problems = [...ts.getPreEmitDiagnostics(program)]
  if (outDir !== undefined) program.emit()
  return problems.map(({ file: source, start = 0, messageText }) => {
    const line = source ? ts.getLineAndCharacterOfPosition(source, start).line + 1 : 0
    return `${source?.fileName ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
}
