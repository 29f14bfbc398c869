/** `graphql`, as far as the recipes use it. */
export class GraphQLError extends Error {
  readonly extensions: unknown
  constructor(message: string, options: { readonly extensions: { readonly http: { status: number; headers: Record<string, string> } } }) {
    super(message)
    this.extensions = options.extensions
  }
}
