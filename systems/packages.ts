/** The npm packages, in the order of docs/systems/packages.md. */
import type { Recipe } from './recipe.ts'

export const PACKAGES: readonly Recipe[] = []
