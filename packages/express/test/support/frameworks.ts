import express5 from 'express'
import express4 from 'express4'

export type Express = typeof express5

/** A major of Express, and its name. */
export interface Framework {
  readonly framework: string
  readonly express: Express
}

/** Both majors use the types of the newer one. The tests are about their differences at run time. */
export const newest: Framework = { framework: 'Express 5', express: express5 }
export const older: Framework = { framework: 'Express 4', express: express4 as unknown as Express }

export const frameworks = [newest, older]
