import type { NextApiRequest, NextApiResponse } from 'next/types.js'
import { contract } from '../../../lib/contract.js'

export default async function control(req: NextApiRequest, res: NextApiResponse) {
  res.json(await contract.control(req.body))
}
