/** The servers of Debian. */
import type { Recipe } from './recipe.ts'
import { DAEMONS } from './servers/daemons.ts'
import { etcd } from './servers/etcd.ts'
import { postgresql } from './servers/postgresql.ts'
import { PYTHON } from './servers/python.ts'
import { rabbitmq } from './servers/rabbitmq.ts'

export const SERVERS: readonly Recipe[] = [...DAEMONS, rabbitmq, postgresql, etcd, ...PYTHON]

/** Those that CI runs: what they take is worth the minute. */
export const IN_CI = ['HAProxy', 'Dovecot', 'RabbitMQ', 'PostgreSQL', 'Apache with mod_auth_openidc', 'InfluxDB']
