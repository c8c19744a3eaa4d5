import { mountApiRoutes } from '../../../../lib/mount-api-routes.js'

// Without `config`: Next has parsed the body.
export default mountApiRoutes({ isParsedBefore: true })
