import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'
import type { FileDraft } from '../build-file.js'
import { accepted, type CaseSet } from '../case-draft.js'
import { absence } from '../cases/absence.js'
import { bodies } from '../cases/bodies.js'
import { credentials, passwordGroups } from '../cases/credentials.js'
import { normal } from '../cases/normal.js'
import { repetition } from '../cases/repetition.js'
import { requests } from '../cases/requests.js'
import { tokens } from '../cases/tokens.js'
import { limitGroup, senderGroups } from '../hmac-groups.js'
import { createSubject, type Subject, sentAt } from '../subject.js'
import { queryTokenFile } from './query-token.js'

const contact = { email: 'ada@example.com', name: 'Ada Lovelace', fields: { company: 'Analytical Engines' } }

const visistoSubject = createSubject({
  scheme: visisto(),
  secret: { text: 'visisto-secret-6f1c0f4a9be54a5c' },
  otherSecret: { text: 'visisto-secret-d2b7e85b30c94d11' },
  payload: {
    event: 'contact.created',
    timestamp: '2026-03-17T09:00:00Z',
    data: { ...contact, campaign_id: 'cmp_abc123', source_url: 'https://shop.example.com/' },
  },
  delivery: { event: 'contact.created', timestamp: sentAt },
})

const visit = {
  id: 'visit_01hsabcdef',
  url: 'https://shop.example.com/pricing',
  params: { utm_source: 'newsletter' },
  date: '2026-03-17T09:00:00Z',
  ip: '203.0.113.7',
  device: { model: 'iPhone', hardwareConcurrency: '6' },
  screen: { height: '2532', width: '1170', touch: 'true' },
}

const fingerprinting = (proof: 'token' | 'hmac') =>
  createSubject({
    scheme: fingerprintingApi(
      proof === 'token' ? { event: 'NEW_VISIT', proof } : { event: 'NEW_VISITOR', proof },
    ),
    secret: { text: 'fpapi_secret_51c9e3c4a2d84f1b' },
    otherSecret: { text: 'fpapi_secret_0b8f6a7d3e5c4912' },
    payload: visit,
    delivery: { id: visit.id, event: proof === 'token' ? 'NEW_VISIT' : 'NEW_VISITOR' },
  })

const embeddableSubject = createSubject({
  scheme: embeddable(),
  secret: { text: 'embeddable secret of a user’s own choosing' },
  otherSecret: { text: 'embeddable-secret-9a3d51f2c7b84e60' },
  payload: {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    message: 'Please call me back.',
    company: 'Analytical Engines',
  },
})

const ticket = { id: 'tkt_1', ticketNo: '456', title: 'Crack in the slab', status: 'closed' }

const visibuildSubject = createSubject({
  scheme: visibuild(),
  secret: { text: 'visibuild-secret-3b9d2f7e1a6c4058' },
  otherSecret: { text: 'visibuild-secret-e47a90c15d3b4f82' },
  id: '7c4f2c7e-7b0e-4a57-8f8e-9f0f6f0c2d11',
  payload: {
    id: '019cda2d-3826-d0fb-c8cc-66bd0ee25062',
    type: 'ticket.status_changed',
    timestamp: '2026-03-17T08:59:58Z',
    apiVersion: '2025-01-01',
    data: { ticket, change: { from: 'open', to: 'closed', changedAt: '2026-03-17T08:59:58Z' } },
  },
  delivery: { id: '7c4f2c7e-7b0e-4a57-8f8e-9f0f6f0c2d11', event: 'ticket.status_changed', timestamp: sentAt },
})

const scratcherSubject = createSubject({
  scheme: scratcher(),
  secret: { username: 'countersign', password: 'scratcher-password-8d21c5f0a' },
  otherSecret: { username: 'countersign', password: 'scratcher-password-41be7a93' },
  payload: { email: 'ada@example.com', campaign_name: 'Spring', source: 'webhook' },
})

/** Events and payloads of a scheme, except the first. */
const events =
  (field: string, names: readonly string[]): CaseSet =>
  (subject) =>
    names.map((event) =>
      accepted(subject, {
        comment: `the event ${event}`,
        flags: ['Normal'],
        request: subject.sign({ body: JSON.stringify({ ...subject.payload, [field]: event }) }),
        delivery: { event },
      }),
    )

/** All cases of a scheme that sends its secret instead of a signature. */
const plainSets = [normal, absence, repetition, bodies, requests] as const

function plainGroup(subject: Subject, own: CaseSet) {
  return {
    comment: 'One secret',
    secrets: [subject.secret],
    cases: [...plainSets, own].flatMap((set) => set(subject)),
  }
}

export const fiveSystems: readonly FileDraft[] = [
  {
    name: 'visisto',
    description: 'Visisto: hex HMAC-SHA256 of the body, and a time inside the body.',
    scheme: visistoSubject.scheme,
    groups: senderGroups(visistoSubject, events('event', ['reward.issued', 'a.custom_event', 'ünïcode'])),
  },
  {
    name: 'fingerprinting-api-token',
    description: 'Fingerprinting API with a secret token in a header.',
    scheme: fingerprinting('token').scheme,
    groups: [plainGroup(fingerprinting('token'), tokens), limitGroup(fingerprinting('token'))],
  },
  {
    name: 'fingerprinting-api-hmac',
    description: 'Fingerprinting API with an HMAC-SHA256 of the body in hex.',
    scheme: fingerprinting('hmac').scheme,
    groups: senderGroups(fingerprinting('hmac')),
  },
  {
    name: 'embeddable',
    description: 'Embeddable: sha256= and the hex HMAC-SHA256 of the body.',
    scheme: embeddableSubject.scheme,
    groups: senderGroups(embeddableSubject),
  },
  {
    name: 'visibuild',
    description: 'Visibuild: sha256= and the hex HMAC-SHA256 of timestamp, stop and body.',
    scheme: visibuildSubject.scheme,
    groups: senderGroups(
      visibuildSubject,
      events('type', [
        'ticket.created',
        'ticket.updated',
        'ticket.comment_added',
        'ticket.archived',
        'ticket.merged',
      ]),
    ),
  },
  {
    name: 'scratcher',
    description: 'Scratcher with HTTP Basic credentials.',
    scheme: scratcherSubject.scheme,
    groups: [
      plainGroup(scratcherSubject, credentials),
      ...passwordGroups(scratcherSubject),
      limitGroup(scratcherSubject),
    ],
  },
  queryTokenFile({
    name: 'scratcher-get',
    description: 'Scratcher with a token in the URL, which a GET can carry too.',
    scheme: scratcher({ proof: 'token', query: 'token' }),
  }),
]
