/** The servers of Debian, in the order of docs/systems/servers.md. */
import type { Recipe } from './recipe.ts'
import { haproxy } from './servers/haproxy.ts'

export const SERVERS: readonly Recipe[] = [haproxy]
