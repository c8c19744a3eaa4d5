import { mountAppRoutes } from '../../../../lib/mount-app-routes.js'

export const runtime = 'edge'

const answer = mountAppRoutes('/edge')

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
}
