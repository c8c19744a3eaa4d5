import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Framework } from '@countersign/diagnosis'

/** What `--framework` takes. */
export const frameworks = [
  'express',
  'fastify',
  'hono',
  'next-app',
  'next-pages',
  'nestjs',
  'koa',
  'lambda',
  'node',
  'fetch',
  'django',
  'flask',
  'rails',
  'spring',
  'php',
  'go',
] as const satisfies readonly Framework[]

/** Packages that tell a framework; one that builds on another comes before it. */
const packages: readonly (readonly [name: string, framework: Framework])[] = [
  ['@nestjs/core', 'nestjs'],
  ['next', 'next-app'],
  ['fastify', 'fastify'],
  ['hono', 'hono'],
  ['koa', 'koa'],
  ['express', 'express'],
  ['@types/aws-lambda', 'lambda'],
]

/**
 * The framework that the program in this folder is written with, by the dependencies of the nearest package.json.
 *
 * @returns undefined where that tells nothing: general advice then
 */
export async function findFramework(folder: string): Promise<Framework | undefined> {
  for (let place = folder; ; place = dirname(place)) {
    const file = join(place, 'package.json')
    if (existsSync(file)) return frameworkOf(await readFile(file, 'utf8').catch(() => ''), place)
    if (place === dirname(place)) return undefined
  }
}

function frameworkOf(manifest: string, place: string): Framework | undefined {
  const names = dependencyNames(manifest)
  const framework = packages.find(([name]) => names.has(name))?.[1]
  if (framework !== 'next-app') return framework
  const hasApp = existsSync(join(place, 'app')) || existsSync(join(place, 'src', 'app'))
  return hasApp ? 'next-app' : 'next-pages'
}

function dependencyNames(manifest: string): ReadonlySet<string> {
  try {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(manifest)
    return new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)])
  } catch {
    return new Set()
  }
}
