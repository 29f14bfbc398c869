/** The tests in workerd, the runtime of Cloudflare Workers. Plain JavaScript, because its imports are installed only in this folder. */
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { alias, tags } from '../../vitest.config.ts'
import { filesOf, ISOMORPHIC, SYNCHRONOUS } from '../everywhere/suites.ts'

const project = (name, suites) => ({
  resolve: { alias },
  plugins: [cloudflareTest({ miniflare: { compatibilityDate: '2026-07-01', compatibilityFlags: ['nodejs_compat'] } })],
  test: { name, tags, testTimeout: 60_000, isolate: false, include: filesOf(suites) },
})

export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  test: { projects: [project('isomorphic', ISOMORPHIC), project('sync', SYNCHRONOUS)] },
})
