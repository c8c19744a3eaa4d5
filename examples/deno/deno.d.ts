// The types of Deno that this repository uses. In your own project, `deno check` and Deno's editor extension have them.
declare const Deno: {
  readonly env: { get(name: string): string | undefined }
  exit(code: number): never
  addSignalListener(signal: string, listener: () => unknown): void
  serve(
    options: {
      readonly hostname: string
      readonly port: number
      readonly onListen: (address: { readonly port: number }) => void
    },
    handler: (request: Request) => Response | Promise<Response>,
  ): { shutdown(): Promise<void> }
}
