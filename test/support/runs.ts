/** How many examples a property is tried on: as many as the environment says (`FC_RUNS`), where there is one. */
export function runs(usual: number): number {
  const { process } = globalThis as { readonly process?: { readonly env?: Readonly<Record<string, string>> } }
  return Number(process?.env?.['FC_RUNS'] ?? usual)
}
