/** Other copies of the library. */
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { vi } from 'vitest'

/** The library once more, as a hot reload or `jest.resetModules` loads it. */
export async function reload(): Promise<typeof import('hs256')> {
  vi.resetModules()
  return import('hs256')
}

/** A script that sets the global `library` to a minified copy. */
export function bundled(): string {
  const entryPoints = [fileURLToPath(new URL('../../src/index.ts', import.meta.url))]
  const options = { bundle: true, minify: true, format: 'iife', globalName: 'library', target: 'es2022', write: false } as const
  return String(buildSync({ entryPoints, ...options }).outputFiles[0]?.text)
}
