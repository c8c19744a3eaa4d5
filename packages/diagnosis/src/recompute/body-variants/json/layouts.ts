/** Where a writer of JSON puts white space. */
export interface Layout {
  readonly comma: string
  readonly colon: string
  /** One step of indentation; undefined: all on one line. */
  readonly indent?: string
  /** Jackson writes arrays on one line, within an indented object. */
  readonly inlineArrays?: boolean
  readonly emptyObject?: string
  readonly emptyArray?: string
}

/** The writers there are, by what they are known for; the commoner first. */
export const layouts = {
  compact: { comma: ',', colon: ':' },
  /** `JSON.stringify(value, null, 2)`, Ruby's `pretty_generate`, Go, .NET, Stripe. */
  indent2: { comma: ',', colon: ': ', indent: '  ' },
  /** `json.dumps(value)`; PostgreSQL's jsonb. */
  python: { comma: ', ', colon: ': ' },
  /** PHP's `JSON_PRETTY_PRINT`, Python's `indent=4`. */
  indent4: { comma: ',', colon: ': ', indent: '    ' },
  tab: { comma: ',', colon: ': ', indent: '\t' },
  colonSpace: { comma: ',', colon: ': ' },
  commaSpace: { comma: ', ', colon: ':' },
  /** Java's Jackson, `writerWithDefaultPrettyPrinter()`. */
  jackson: {
    comma: ',',
    colon: ' : ',
    indent: '  ',
    inlineArrays: true,
    emptyObject: '{ }',
    emptyArray: '[ ]',
  },
  /** Perl's JSON with `pretty`. */
  perl: { comma: ',', colon: ' : ', indent: '   ' },
  indent3: { comma: ',', colon: ': ', indent: '   ' },
  indent1: { comma: ',', colon: ': ', indent: ' ' },
  /** Boost's property tree, and what writes an empty container on two lines. */
  openEmpty: { comma: ',', colon: ': ', indent: '  ', emptyArray: '[\n\n$]', emptyObject: '{\n$}' },
  /** Python 2 ended lines with the comma's blank. */
  python2Indent: { comma: ', ', colon: ': ', indent: '    ' },
} as const satisfies Readonly<Record<string, Layout>>

export type LayoutName = keyof typeof layouts
