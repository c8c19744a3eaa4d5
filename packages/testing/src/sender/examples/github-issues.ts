import type { MakePayload } from './example.js'
import { ada, grace } from './github-repository.js'

const issue = {
  id: 8201,
  number: 7,
  title: 'The basket is empty after a reload',
  body: 'Steps: fill it, reload the page.',
  state: 'open',
  state_reason: null,
  locked: false,
  user: ada,
  labels: [{ id: 9002, name: 'bug', color: 'd73a4a' }],
  assignee: null,
  assignees: [],
  milestone: null,
  comments: 0,
  html_url: 'https://github.com/example/shop/issues/7',
  created_at: '2026-01-15T09:00:00Z',
  updated_at: '2026-01-15T09:00:00Z',
  closed_at: null,
}

const closed = {
  ...issue,
  state: 'closed',
  state_reason: 'completed',
  closed_at: '2026-01-15T09:30:00Z',
  updated_at: '2026-01-15T09:30:00Z',
}

const comment = {
  id: 8301,
  user: grace,
  body: 'I can see it, too.',
  author_association: 'MEMBER',
  html_url: 'https://github.com/example/shop/issues/7#issuecomment-8301',
  issue_url: 'https://api.github.com/repos/example/shop/issues/7',
  created_at: '2026-01-15T09:10:00Z',
  updated_at: '2026-01-15T09:10:00Z',
}

/** Issues and their comments. */
export const issueEvents: Readonly<Record<string, MakePayload>> = {
  'issues.opened': () => ({ action: 'opened', issue }),
  'issues.closed': () => ({ action: 'closed', issue: closed }),
  'issues.labeled': () => ({ action: 'labeled', issue, label: issue.labels[0] }),
  'issue_comment.created': () => ({ action: 'created', issue: { ...issue, comments: 1 }, comment }),
}
