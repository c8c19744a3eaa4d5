// The types of Bun that this repository uses. In your own project, install @types/bun.
declare const Bun: {
  serve(options: {
    readonly hostname: string
    readonly port: number
    readonly maxRequestBodySize?: number
    readonly routes?: Readonly<Record<string, (request: Request) => Promise<Response>>>
    readonly fetch: (request: Request) => Response | Promise<Response>
  }): { readonly port: number; stop(): Promise<void> }
}
