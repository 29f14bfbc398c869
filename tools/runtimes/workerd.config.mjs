/** The tests in workerd, the runtime of Cloudflare's Workers: plain JavaScript, as what it imports is installed in this folder alone. */
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { alias } from '../../vitest.config.ts'
import { filesOf, ISOMORPHIC, SYNCHRONOUS } from '../everywhere/suites.ts'

export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  resolve: { alias },
  plugins: [cloudflareTest({ miniflare: { compatibilityDate: '2026-07-01', compatibilityFlags: ['nodejs_compat'] } })],
  test: { name: 'workerd', testTimeout: 60_000, include: filesOf([...ISOMORPHIC, ...SYNCHRONOUS]) },
})
