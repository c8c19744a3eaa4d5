import { type MakePayload, type SenderExamples, toHexId } from './example.js'

/** Any event of an unknown sender. */
export const general: SenderExamples = {
  usual: 'example.created',
  wrap: (event, _, { newId, time }) => ({
    event,
    payload: { id: `evt_${newId()}`, type: event, createdAt: time, data: { message: 'Hello' } },
  }),
}

/** The specification defines no events: each sender has its own. */
export const standardWebhooks: SenderExamples = {
  usual: 'invoice.paid',
  wrap: (event, _, { newId, time }) => {
    // The usual prefix of an invoice's id.
    const subject = event === 'invoice.paid' ? 'inv' : event.split('.')[0]
    return {
      event,
      payload: { type: event, timestamp: time, data: { id: `${subject}_${newId()}` } },
      id: `msg_${toHexId(newId())}`,
    }
  },
}

const contact = { email: 'ada@example.com', name: 'Ada Lovelace', phone: '+44 20 7946 0000' }
const origin = { campaign_id: 'cmp_abc123', source_url: 'https://shop.example.com/', widget_type: 'popup' }

export const visisto: SenderExamples = {
  events: {
    'contact.created': () => ({ ...contact, fields: { company: 'Analytical Engines' }, ...origin }),
    'reward.issued': ({ time }) => ({
      coupon_code: 'WELCOME10',
      discount_value: '10%',
      expires_at: time,
      contact,
      ...origin,
    }),
  },
  wrap: (event, data, { time }) => ({ event, payload: { event, timestamp: time, data: data ?? {} } }),
}

const ticketOf: (facts: Parameters<MakePayload>[0]) => object = ({ newId }) => ({
  id: newId(),
  ticketNo: '456',
  title: 'Crack in the slab, level 3',
  status: 'closed',
})

export const visibuild: SenderExamples = {
  events: {
    'ticket.status_changed': (facts) => ({
      ticket: { ...ticketOf(facts), previousStatus: 'open' },
      change: { from: 'open', to: 'closed', changedAt: facts.time },
    }),
    'ticket.created': (facts) => ({ ticket: { ...ticketOf(facts), status: 'open' } }),
    'ticket.updated': (facts) => ({ ticket: ticketOf(facts) }),
    'ticket.comment_added': (facts) => ({
      ticket: ticketOf(facts),
      comment: { id: facts.newId(), text: 'Inspected.', createdAt: facts.time },
    }),
    'ticket.archived': (facts) => ({ ticket: ticketOf(facts) }),
  },
  wrap: (event, data, { newId, time }) => ({
    event,
    payload: { id: newId(), type: event, timestamp: time, apiVersion: '2025-01-01', data: data ?? {} },
  }),
}

const visit: MakePayload = ({ newId, time }) => ({
  id: newId(),
  url: 'https://shop.example.com/pricing',
  params: { utm_source: 'newsletter', utm_medium: 'email', utm_campaign: 'spring' },
  referrer: 'https://www.example.com/',
  date: time,
  ip: '203.0.113.7',
  visitor: { id: newId(), firstSeen: time, company: { name: 'Example Ltd', domain: 'example.com' } },
  location: { country: 'GB', city: 'London', state: 'England' },
  trafficSource: { channel: 'email', source: 'newsletter', campaign: 'spring' },
  device: { model: 'iPhone', os: 'iOS', gpu: 'Apple GPU', hardwareConcurrency: '6' },
  browser: { name: 'Safari', version: '18.2', vendor: 'Apple' },
  timezone: 'Europe/London',
  screen: { height: '2532', width: '1170', touch: 'true' },
})

/** Both events have the payload of a visit, one of them the first visit of a new visitor. */
export const fingerprintingApi: SenderExamples = {
  events: { NEW_VISIT: visit, NEW_VISITOR: visit },
  wrap: (event, payload) => ({ event, payload: payload ?? {} }),
}

/** The fields of a form; deliveries do not name an event. */
export const embeddable: SenderExamples = {
  usual: 'submission',
  wrap: (event) => ({
    event,
    payload: { ...contact, company: 'Analytical Engines', message: 'Please call me back.' },
  }),
}

export const scratcher: SenderExamples = {
  usual: 'submission',
  wrap: (event) => ({
    event,
    payload: { email: 'ada@example.com', campaign_name: 'Spring', source: 'webhook' },
  }),
}
