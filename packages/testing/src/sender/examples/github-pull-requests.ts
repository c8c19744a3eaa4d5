import type { MakePayload } from './example.js'
import { ada, commit, grace, repository } from './github-repository.js'

const pullRequest = {
  id: 8001,
  number: 42,
  state: 'open',
  locked: false,
  title: 'Make the checkout faster',
  body: 'Half the requests.',
  user: ada,
  html_url: 'https://github.com/example/shop/pull/42',
  created_at: '2026-01-15T09:00:00Z',
  updated_at: '2026-01-15T09:30:00Z',
  closed_at: null,
  merged_at: null,
  merge_commit_sha: null,
  draft: false,
  merged: false,
  mergeable: true,
  merged_by: null,
  labels: [{ id: 9001, name: 'performance', color: '0e8a16' }],
  requested_reviewers: [grace],
  head: { label: 'example:faster-checkout', ref: 'faster-checkout', sha: commit.id, repo: repository },
  base: {
    label: 'example:main',
    ref: 'main',
    sha: 'f4a1b7e0c95d2836aa10473de8cb92f1605e7d3b',
    repo: repository,
  },
  commits: 1,
  additions: 12,
  deletions: 30,
  changed_files: 1,
}

const merged = {
  ...pullRequest,
  state: 'closed',
  closed_at: '2026-01-15T09:30:00Z',
  merged_at: '2026-01-15T09:30:00Z',
  merge_commit_sha: 'c0d39a61e8f7245b90ad13e6f82c74501b9ed786',
  merged: true,
  mergeable: null,
  merged_by: grace,
}

const review = {
  id: 8101,
  user: grace,
  body: 'Well done.',
  state: 'approved',
  commit_id: commit.id,
  submitted_at: '2026-01-15T09:25:00Z',
  html_url: 'https://github.com/example/shop/pull/42#pullrequestreview-8101',
}

/** Pull requests and their reviews. */
export const pullRequestEvents: Readonly<Record<string, MakePayload>> = {
  'pull_request.opened': () => ({ action: 'opened', number: 42, pull_request: pullRequest }),
  'pull_request.closed': () => ({ action: 'closed', number: 42, pull_request: merged }),
  'pull_request.reopened': () => ({ action: 'reopened', number: 42, pull_request: pullRequest }),
  'pull_request.synchronize': () => ({
    action: 'synchronize',
    number: 42,
    before: 'f4a1b7e0c95d2836aa10473de8cb92f1605e7d3b',
    after: commit.id,
    pull_request: pullRequest,
  }),
  'pull_request.labeled': () => ({
    action: 'labeled',
    number: 42,
    label: pullRequest.labels[0],
    pull_request: pullRequest,
  }),
  'pull_request_review.submitted': () => ({ action: 'submitted', review, pull_request: pullRequest }),
}
