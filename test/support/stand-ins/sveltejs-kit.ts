/** `@sveltejs/kit`, as far as the recipes use it. */
export interface RequestEvent {
  readonly request: Request
  readonly url: URL
  readonly locals: { user?: string | undefined }
}

export type Handle = (input: {
  readonly event: RequestEvent
  readonly resolve: (event: RequestEvent) => Response | Promise<Response>
}) => Response | Promise<Response>
