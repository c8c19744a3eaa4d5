import { mountApiRoutes } from '../../../lib/mount-api-routes.js'

export const config = { api: { bodyParser: false } }

export default mountApiRoutes({ isParsedBefore: false })
