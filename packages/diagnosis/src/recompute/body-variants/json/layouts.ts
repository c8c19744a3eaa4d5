/** Where a JSON serializer adds white space. */
export interface Layout {
  readonly comma: string
  readonly colon: string
  /** One level of indentation; undefined: all on one line. */
  readonly indent?: string
  /** Arrays on one line within an indented object, as Jackson writes them. */
  readonly inlineArrays?: boolean
  readonly emptyObject?: string
  readonly emptyArray?: string
}

/** Known layouts, most common first. */
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
  /** Boost's property tree and others that write an empty container on two lines. */
  openEmpty: { comma: ',', colon: ': ', indent: '  ', emptyArray: '[\n\n$]', emptyObject: '{\n$}' },
  /** Python 2 left the space after the comma at the end of lines. */
  python2Indent: { comma: ', ', colon: ': ', indent: '    ' },
} as const satisfies Readonly<Record<string, Layout>>

export type LayoutName = keyof typeof layouts
