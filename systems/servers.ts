/** The servers of Debian. */
import type { Recipe } from './recipe.ts'
import { dovecot } from './servers/dovecot.ts'
import { HTTP } from './servers/http.ts'
import { postgresql } from './servers/postgresql.ts'
import { rabbitmq } from './servers/rabbitmq.ts'
import { PYTHON } from './servers/python.ts'
import { XMPP } from './servers/xmpp.ts'

export const SERVERS: readonly Recipe[] = [...HTTP, dovecot, rabbitmq, postgresql, ...XMPP, ...PYTHON]
