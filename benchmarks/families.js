import { bodies } from './bodies/family.js'
import { flood } from './flood/family.js'
import { server } from './server/family.js'
import { stores } from './stores/family.js'
import { verify } from './verify/family.js'
import { weight } from './weight/family.js'

/**
 * In the order of the page.
 *
 * @type {readonly import('./family.js').AnyFamily[]}
 */
export const families = [verify, server, flood, bodies, stores, weight]
