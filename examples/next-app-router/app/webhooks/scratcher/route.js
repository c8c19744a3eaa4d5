export { receiveScratcher as POST } from '../../../lib/receivers.js'
