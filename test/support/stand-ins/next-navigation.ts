/** `next/navigation`, as far as the recipes use it. */
export function redirect(path: string): never {
  throw new Error(`NEXT_REDIRECT to ${path}`)
}
