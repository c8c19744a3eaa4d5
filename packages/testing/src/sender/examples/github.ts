import type { MakePayload, SenderExamples } from './example.js'
import { toHexId } from './example.js'
import { issueEvents } from './github-issues.js'
import { pullRequestEvents } from './github-pull-requests.js'
import { ada, commit, installation, organization, repository } from './github-repository.js'
import { workflowEvents } from './github-workflows.js'

const push: MakePayload = ({ newId }) => ({
  ref: 'refs/heads/main',
  after: toHexId(newId()).padEnd(40, '0'),
  before: 'f4a1b7e0c95d2836aa10473de8cb92f1605e7d3b',
  repository,
  pusher: { name: 'ada', email: 'ada@example.com' },
  created: false,
  deleted: false,
  forced: false,
  compare: 'https://github.com/example/shop/compare/f4a1b7e0c95d...9be21d04a7c3',
  commits: [commit],
  head_commit: commit,
})

const release: MakePayload = () => ({
  action: 'published',
  release: {
    id: 7001,
    tag_name: 'v1.2.0',
    target_commitish: 'main',
    name: 'Version 1.2',
    body: 'Faster checkout.',
    draft: false,
    prerelease: false,
    html_url: 'https://github.com/example/shop/releases/tag/v1.2.0',
    created_at: '2026-01-15T09:20:00Z',
    published_at: '2026-01-15T09:30:00Z',
    author: ada,
    assets: [],
  },
})

const ping: MakePayload = () => ({
  zen: 'Keep it logically awesome.',
  hook_id: 4001,
  hook: {
    type: 'Repository',
    id: 4001,
    name: 'web',
    active: true,
    events: ['push', 'pull_request'],
    config: { content_type: 'json', insecure_ssl: '0', url: 'https://shop.example.com/webhooks/github' },
  },
})

const events: Readonly<Record<string, MakePayload>> = {
  push,
  ping,
  ...pullRequestEvents,
  ...issueEvents,
  ...workflowEvents,
  'release.published': release,
  create: () => ({ ref: 'v1.2.0', ref_type: 'tag', master_branch: 'main', pusher_type: 'user' }),
  delete: () => ({ ref: 'faster-checkout', ref_type: 'branch', pusher_type: 'user' }),
  'star.created': () => ({ action: 'created', starred_at: '2026-01-15T09:30:00Z' }),
  fork: () => ({
    forkee: { ...repository, id: 3002, name: 'shop', full_name: 'grace/shop', fork: true },
  }),
  'installation.created': () => ({
    action: 'created',
    installation,
    repository: undefined,
    repositories: [{ id: 3001, name: 'shop', full_name: 'example/shop', private: true }],
  }),
}

/**
 * docs.github.com/webhooks/webhook-events-and-payloads. If an event has an action, its example is available under both
 * names, such as `issues.opened`, and under the event's name.
 */
export const github: SenderExamples = {
  events: withPlainNames(events),
  wrap: (name, payload) => {
    const [event = name, action] = payload === undefined ? [name] : name.split('.')
    const common = { repository, organization, sender: ada }
    return {
      event,
      payload: {
        ...(action !== undefined && { action }),
        ...(payload as object | undefined),
        ...missing(payload, common),
      },
    }
  },
}

function withPlainNames(all: typeof events): typeof events {
  const plain = new Map<string, MakePayload>()
  for (const [name, make] of Object.entries(all)) {
    const [event = name] = name.split('.')
    if (!plain.has(event)) plain.set(event, make)
    plain.set(name, make)
  }
  return Object.fromEntries(plain)
}

function missing(payload: unknown, common: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(common).filter(([name]) => !Object.hasOwn((payload ?? {}) as object, name)),
  )
}
