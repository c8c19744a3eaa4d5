import express5 from 'express'
import express4 from 'express4'

/** Both majors speak through the types of the newer one; what differs between them at run time is what is tested. */
export const frameworks = [
  { framework: 'Express 5', express: express5 },
  { framework: 'Express 4', express: express4 as unknown as typeof express5 },
]

export type Express = typeof express5
