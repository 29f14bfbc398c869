/** The servers of Debian, in the order of docs/systems/servers.md. */
import type { Recipe } from './recipe.ts'
import { dovecot } from './servers/dovecot.ts'
import { haproxy } from './servers/haproxy.ts'
import { rabbitmq } from './servers/rabbitmq.ts'
import { influxdb } from './servers/influxdb.ts'
import { modAuthOpenidc } from './servers/mod-auth-openidc.ts'
import { postgresql } from './servers/postgresql.ts'

export const SERVERS: readonly Recipe[] = [haproxy, dovecot, rabbitmq, postgresql, modAuthOpenidc, influxdb]
