/** `@trpc/server`, as far as the recipes use it. */
export class TRPCError extends Error {
  readonly code: 'UNAUTHORIZED' | 'FORBIDDEN'
  constructor({ code, message }: { readonly code: 'UNAUTHORIZED' | 'FORBIDDEN'; readonly message?: string }) {
    super(message)
    this.code = code
  }
}

interface Next<Added> {
  readonly ctx: Added
}
type Middleware<Context, Added> = (step: {
  readonly ctx: Context
  readonly next: <New>(options: { readonly ctx: New }) => Next<New>
}) => Next<Added>

interface Procedure<Context> {
  use<Added>(middleware: Middleware<Context, Added>): Procedure<Omit<Context, keyof Added> & Added>
  query<Output>(resolve: (options: { readonly ctx: Context }) => Output): (ctx: unknown) => Output
}

function procedure<Context>(prepare: (ctx: unknown) => Context): Procedure<Context> {
  return {
    use<Added>(middleware: Middleware<Context, Added>) {
      return procedure((ctx) => {
        const before = prepare(ctx)
        const added = middleware({ ctx: before, next: (options) => options })
        return { ...before, ...added.ctx } as Omit<Context, keyof Added> & Added
      })
    },
    query: (resolve) => (ctx) => resolve({ ctx: prepare(ctx) }),
  }
}

export const initTRPC = {
  context: <Context>() => ({ create: () => ({ procedure: procedure((ctx) => ctx as Context) }) }),
}
