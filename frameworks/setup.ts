/** Installs the frameworks, if they are missing. */
import { install } from '../tools/install.ts'

export function setup(): void {
  install(import.meta.dirname)
}
