import { createServer } from 'node:http'
import { webhook } from '@countersign/express'
import express from 'express'
import { verifyTimestampAndBody } from '../../snippets.js'
import { isTicket, options, secret } from '../receiver-options.js'

export function create() {
  const app = express()

  app.post('/snippet', express.raw({ type: '*/*', limit: '1mb' }), (req, res) => {
    const body = verifyTimestampAndBody(req.headers, req.body, secret)
    if (body === undefined) return void res.sendStatus(401)
    res.sendStatus(isTicket(JSON.parse(body)) ? 204 : 422)
  })

  for (const [path, receiver] of Object.entries(options))
    app.post(path, webhook(receiver), (req, res) => {
      res.sendStatus(isTicket(req.webhook.payload) ? 204 : 422)
    })

  return createServer(app)
}
