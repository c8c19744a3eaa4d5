// Builds docs/options.md from the types. Names, types and comments come from the sources.
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * @typedef {{ title: string, about: string, file: string, type: string, without?: { file: string, type: string }[],
 *   standard?: string }} Section
 *   `without` are types whose options an earlier section has; `standard` is the text for the default of every option of the section
 */

const core = 'packages/core/src/options.ts'

/** @type {readonly Section[]} */
const sections = [
  {
    title: 'What is accepted',
    about: 'Options of `verify`, of `createReceiver` and of every adapter. `parse` is only for `verify`.',
    file: core,
    type: 'VerifyOptions',
  },
  {
    title: 'Claims, stores and answers',
    about: 'Options of `createReceiver` and of every adapter.',
    file: core,
    type: 'ReceiverOptions',
    without: [
      { file: core, type: 'VerifyOptions' },
      { file: core, type: 'ReceiverHooks' },
    ],
  },
  {
    title: 'Hooks',
    about: 'Options of `createReceiver` and of every adapter. None is set by default. [Guide](hooks.md).',
    file: core,
    type: 'ReceiverHooks',
  },
  {
    title: 'Of every scheme',
    about: 'Options of every scheme, as in `visibuild({ toleranceSeconds: 60 })`.',
    file: 'packages/core/src/schemes/scheme-descriptor.ts',
    type: 'SchemeOptions',
    standard: "the scheme's",
  },
  {
    title: '`memoryStore`',
    about: '[Its page](stores/memory.md).',
    file: 'packages/core/src/memory-store/memory-store.ts',
    type: 'MemoryStoreOptions',
  },
  {
    title: '`sqliteStore`',
    about: '[Its page](stores/sqlite.md).',
    file: 'packages/store-sqlite/src/options.ts',
    type: 'SqliteStoreOptions',
  },
  {
    title: '`postgresStore`',
    about: '[Its page](stores/postgres.md).',
    file: 'packages/store-postgres/src/options.ts',
    type: 'PostgresStoreOptions',
  },
  {
    title: '`redisStore`',
    about: '[Its page](stores/redis.md).',
    file: 'packages/store-redis/src/options.ts',
    type: 'RedisStoreOptions',
  },
]

/** The units of options, by the suffix of the option's name. */
const units = { Ms: 'milliseconds', Seconds: 'seconds', Bytes: 'bytes' }

/** An option as the page shows it. `defaultValue` is undefined if the comment names none. */
/** @typedef {{ name: string, required: boolean, type: string, defaultValue: string | undefined, about: string, isHook: boolean }} Option */

/** @returns {readonly (Section & { options: readonly Option[] })[]} */
export function readOptions() {
  const config = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const files = [...new Set(sections.map(({ file }) => root + file))]
  const program = ts.createProgram(files, { ...options, noEmit: true })
  const checker = program.getTypeChecker()

  /** @param {{ file: string, type: string }} place */
  const propertiesOf = ({ file, type }) => {
    const source = program.getSourceFile(root + file)
    const module = source && checker.getSymbolAtLocation(source)
    const symbol = module && checker.getExportsOfModule(module).find(({ name }) => name === type)
    if (!symbol) throw new Error(`${file} exports no ${type}.`)
    return checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
  }
  return sections.map((section) => {
    const shown = new Set((section.without ?? []).flatMap(propertiesOf).map(({ name }) => name))
    const own = propertiesOf(section).filter(({ name }) => !shown.has(name))
    return { ...section, options: own.map((property) => toOption(property, checker, section.standard)) }
  })
}

/** @type {(property: ts.Symbol, checker: ts.TypeChecker, standard: string | undefined) => Option} */
function toOption(property, checker, standard) {
  const { name, declarations: [declaration] = [] } = property
  if (!declaration || !ts.isPropertySignature(declaration) || !declaration.type)
    throw new Error(`The option ${name} has no declaration of its own.`)
  const type = declaration.type.getText().replaceAll(/\s+/g, ' ').replace(/^\| /, '')
  const suffix = /(Ms|Seconds|Bytes)$/.exec(name)?.[1]
  const unit =
    suffix && type.includes('number') ? units[/** @type {keyof typeof units} */ (suffix)] : undefined
  const comment = ts.displayPartsToString(property.getDocumentationComment(checker)).replaceAll(/\s+/g, ' ')
  const { defaultValue = standard, about } = standard ? { about: comment } : takeDefault(comment)
  const required = !(property.flags & ts.SymbolFlags.Optional)
  const isHook = /^(Failure)?Hook$/.test(type)
  return { name, required, type: `\`${type}\`${unit ? `, ${unit}` : ''}`, defaultValue, about, isHook }
}

/**
 * By convention, a sentence of the comment that begins with `Default` says what applies without the option.
 *
 * @type {(comment: string) => Pick<Option, 'about'> & { defaultValue?: string | undefined }}
 */
function takeDefault(comment) {
  const sentence = /(?:^|(?<=\. ))Default:? ((?:`[^`]*`|[^`])+?)\.(?= |$)/.exec(comment)
  if (!sentence) return { about: comment }
  return {
    defaultValue: sentence[1],
    about: comment.replace(sentence[0], '').replaceAll(/ {2,}/g, ' ').trim(),
  }
}

/** The whole page. */
export function renderOptionsPage() {
  const parts = readOptions().map(({ title, about, options }) => {
    const rows = options.map(({ name, required, type, defaultValue, about }) => {
      const fallback = required ? 'required' : (defaultValue ?? '–')
      return [`\`${name}\``, type, fallback, about].map(toCell)
    })
    const table = [['option', 'type', 'default', 'what it does'], ['---', '---', '---', '---'], ...rows]
    return `## ${title}\n\n${about}\n\n${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`
  })
  return [
    '# Options\n',
    '<!-- Written by `node tools/write-options-page.js` from the types and their comments. Change those, not this page. -->\n',
    'Every option, with its type, unit and default. `0` is a value, not "default". A wrong option throws when the receiver is created, and the error names it.\n',
    "Fastify's plugin `webhooks` takes all receiver options except `scheme`, `secret`, `endpoint`, `schema` and `events`, which belong to the route. In Hono, options may be a function of the context.\n",
    ...parts,
  ].join('\n')
}

/** @param {string} text */
function toCell(text) {
  return text.replaceAll('|', '\\|').replaceAll(/\{@link (\w+)[^}]*\}/g, '`$1`')
}
