import type { MakePayload } from './example.js'
import { ada, commit, repository } from './github-repository.js'

const workflow = {
  id: 8401,
  name: 'Test',
  path: '.github/workflows/test.yml',
  state: 'active',
  html_url: 'https://github.com/example/shop/blob/main/.github/workflows/test.yml',
}

const run = {
  id: 8501,
  name: 'Test',
  workflow_id: workflow.id,
  run_number: 128,
  run_attempt: 1,
  event: 'push',
  status: 'completed',
  conclusion: 'success',
  head_branch: 'main',
  head_sha: commit.id,
  html_url: 'https://github.com/example/shop/actions/runs/8501',
  created_at: '2026-01-15T09:25:00Z',
  run_started_at: '2026-01-15T09:25:00Z',
  updated_at: '2026-01-15T09:30:00Z',
  actor: ada,
  triggering_actor: ada,
  pull_requests: [],
  head_commit: commit,
  repository,
}

const checkRun = {
  id: 8601,
  name: 'test',
  head_sha: commit.id,
  status: 'completed',
  conclusion: 'success',
  started_at: '2026-01-15T09:25:00Z',
  completed_at: '2026-01-15T09:30:00Z',
  html_url: 'https://github.com/example/shop/runs/8601',
  check_suite: { id: 8701, head_branch: 'main', head_sha: commit.id },
  pull_requests: [],
}

const deployment = {
  id: 8801,
  sha: commit.id,
  ref: 'main',
  task: 'deploy',
  environment: 'production',
  creator: ada,
  created_at: '2026-01-15T09:30:00Z',
}

/** Runs, checks and deployments. */
export const workflowEvents: Readonly<Record<string, MakePayload>> = {
  'workflow_run.completed': () => ({ action: 'completed', workflow_run: run, workflow }),
  'workflow_run.requested': () => ({
    action: 'requested',
    workflow_run: { ...run, status: 'queued', conclusion: null },
    workflow,
  }),
  'check_run.completed': () => ({ action: 'completed', check_run: checkRun }),
  'deployment_status.created': () => ({
    action: 'created',
    deployment,
    deployment_status: { id: 8901, state: 'success', environment: 'production', creator: ada },
  }),
}
