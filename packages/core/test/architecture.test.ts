import { readdirSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const src = fileURLToPath(new URL('../src', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

/** Compares as naive receivers do, so that every search below shows that it finds something. */
const control = join(src, 'control-sample.ts')
const controlText = `
declare const expected: string, given: string, mac: Uint8Array, candidates: Uint8Array[]
export const byText = expected === given
export const byBytes = mac == candidates[0]
export const bySearch = candidates.includes(mac)
export const byMember = candidates[0]?.every((byte, index) => byte === mac[index])
export const byCompare = given.startsWith(expected)
`

const { checker, sources } = parse()

function parse() {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['@countersign/source'],
    strict: true,
    noEmit: true,
  }
  const host = ts.createCompilerHost(options, true)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (name, languageVersion, ...rest) =>
    resolve(name) === control
      ? ts.createSourceFile(name, controlText, languageVersion, true)
      : read(name, languageVersion, ...rest)
  const program = ts.createProgram([control, ...files.map((file) => join(src, file))], options, host)
  const parsed = files.map((file) => ({
    file: file.split(sep).join('/'),
    source: program.getSourceFile(join(src, file)),
  }))
  return {
    checker: program.getTypeChecker(),
    sources: [...parsed, { file: 'control-sample.ts', source: program.getSourceFile(control) }],
  }
}

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const imports = sources.flatMap(({ file, source }) =>
  (source?.statements ?? []).flatMap((statement): Import[] => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return []
    const { moduleSpecifier } = statement
    if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return []
    const typeOnly = ts.isImportDeclaration(statement)
      ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : statement.isTypeOnly
    const { text } = moduleSpecifier
    const to = text.startsWith('.')
      ? relative(src, resolve(src, dirname(file), text))
          .split(sep)
          .join('/')
      : text
    return [{ from: file, to, typeOnly }]
  }),
)

/** Every place, as `file: code`, where a node is what is looked for. */
function findAll(isLookedFor: (node: ts.Node) => boolean): readonly string[] {
  return sources.flatMap(({ file, source }) => {
    const found: string[] = []
    const visit = (node: ts.Node): void => {
      if (isLookedFor(node)) found.push(`${file}: ${node.getText()}`)
      ts.forEachChild(node, visit)
    }
    if (source) visit(source)
    return found
  })
}

describe('imports', () => {
  const isStep = (file: string) => file.startsWith('steps/')

  test('a step imports no other step, except its types', () => {
    const between = imports.filter(({ from, to }) => isStep(from) && isStep(to))
    expect(between.filter(({ typeOnly }) => !typeOnly)).toEqual([])
    expect(between).not.toEqual([])
  })

  test('only the path of node:crypto needs Node at run time, and nothing needs another package', () => {
    const outside = imports.filter(({ to }) => !to.endsWith('.js') && to !== '#crypto')
    const atRunTime = outside.filter(({ typeOnly }) => !typeOnly)
    expect(atRunTime.map(({ from, to }) => `${from}: ${to}`)).toEqual([
      'crypto/hash-mac.ts: node:crypto',
      'crypto/node.ts: node:crypto',
    ])
    const types = outside.filter(({ typeOnly }) => typeOnly)
    expect(types.filter(({ from, to }) => !from.startsWith('node/') || to !== 'node:http')).toEqual([])
  })

  test('the flow depends on neither node:http nor fetch', () => {
    const adapters = /^(node|fetch)\//
    expect(imports.filter(({ from, to }) => adapters.test(to) && !adapters.test(from))).toEqual([])
    expect(imports.filter(({ from, to }) => from.startsWith('fetch/') && to.startsWith('node/'))).toEqual([])
  })

  test('export conditions alone choose between the two crypto paths', () => {
    expect(imports.filter(({ to }) => to === 'crypto/node.js' || to === 'crypto/web.js')).toEqual([])
    expect(imports.filter(({ to }) => to === '#crypto')).not.toEqual([])
  })

  test('schemes only describe, and compute nothing', () => {
    expect(imports.filter(({ from, to }) => from.startsWith('schemes/') && to === '#crypto')).toEqual([])
  })
})

describe('the proof of a sender', () => {
  const equalities = new Set([
    ts.SyntaxKind.EqualsEqualsToken,
    ts.SyntaxKind.EqualsEqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsToken,
    ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ])
  const searches =
    /^(includes|indexOf|lastIndexOf|every|some|find|findIndex|startsWith|endsWith|equals|compare)$/
  const proofNames = /^(macs?|expected|candidates?|signatures?|credentials|digest)$/i

  const typeOf = (node: ts.Node): string =>
    checker.typeToString(checker.getNonNullableType(checker.getTypeAtLocation(node)))
  const isProof = (node: ts.Node): boolean => {
    const type = typeOf(node)
    if (/^(Uint8Array|Buffer|ArrayBuffer)(<\w+>)?(\[\])?$/.test(type)) return true
    return type === 'string' && ts.isIdentifier(node) && proofNames.test(node.text)
  }
  // `undefined`, a name of the source and a byte of the source hold nothing secret.
  const isConstant = (node: ts.Node): boolean =>
    ts.isLiteralExpression(node) || node.kind === ts.SyntaxKind.NullKeyword || node.getText() === 'undefined'

  function comparesProofs(node: ts.Node): boolean {
    if (ts.isBinaryExpression(node) && equalities.has(node.operatorToken.kind)) {
      const sides = [node.left, node.right]
      return !sides.some(isConstant) && sides.some(isProof)
    }
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
    const { expression: searched, name } = node.expression
    if (!searches.test(name.text) || node.arguments.some(isConstant)) return false
    return [searched, ...node.arguments].some(isProof)
  }

  test('is compared only by equalBytes', () => {
    const naive = findAll(comparesProofs).filter((place) => !place.startsWith('crypto/'))
    expect(naive).toEqual([
      'control-sample.ts: expected === given',
      'control-sample.ts: mac == candidates[0]',
      'control-sample.ts: candidates.includes(mac)',
      'control-sample.ts: candidates[0]?.every((byte, index) => byte === mac[index])',
      'control-sample.ts: given.startsWith(expected)',
    ])
  })

  test('is compared in one place, and no loop there ends early', () => {
    const isCallOf = (name: string) => (node: ts.Node) =>
      ts.isCallExpression(node) && node.expression.getText() === name
    const calls = findAll(isCallOf('equalBytes')).filter((place) => !place.startsWith('crypto/'))
    expect(calls).toHaveLength(1)
    const [file] = calls[0]?.split(':') ?? []

    const isEarlyEnd = (node: ts.Node) =>
      (ts.isBreakStatement(node) || ts.isContinueStatement(node) || ts.isReturnStatement(node)) &&
      ts.findAncestor(node, (outer) => ts.isForOfStatement(outer)) !== undefined
    expect(findAll(isEarlyEnd).filter((place) => place.startsWith(`${file}:`))).toEqual([])
  })

  test('becomes a verified delivery in one place only', () => {
    const brands = findAll((node) => ts.isAsExpression(node) && node.type.getText() === 'SignedDelivery')
    expect(brands).toHaveLength(1)
    expect(brands[0]).toMatch(/^steps\/verify-signature\.ts:/)
  })
})
