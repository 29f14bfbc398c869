/** What Azure's host does around `@azure/functions`, whose own code makes the request and the answer: it needs the host's module for that. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import Module from 'node:module'

type Handler = (...args: readonly unknown[]) => unknown

/** How the package reads requests and writes answers. */
interface Invocation {
  readonly getArguments: () => Promise<{ readonly context: unknown; readonly inputs: readonly unknown[] }>
  readonly invokeFunction: (context: unknown, inputs: readonly unknown[], handler: Handler) => Promise<unknown>
  readonly getResponse: (context: unknown, result: unknown) => Promise<{ readonly returnValue?: { readonly http: Answered } | null }>
}
interface Answered {
  readonly statusCode: string
  readonly headers: Record<string, string>
  readonly body: { readonly bytes: Uint8Array }
}

let model: { readonly getInvocationModel: (context: object) => Invocation }
let last: { readonly metadata: { readonly bindings: object }; readonly handler: Handler }

/** The host's module. */
const core = {
  setProgrammingModel: (given: typeof model) => void (model = given),
  registerFunction: (metadata: (typeof last)['metadata'], handler: Handler) => void (last = { metadata, handler }),
}

type Load = (name: string, ...rest: readonly unknown[]) => unknown
const load = Reflect.get(Module, '_load') as Load
Reflect.set(Module, '_load', ((name, ...rest) => (name === '@azure/functions-core' ? core : load(name, ...rest))) satisfies Load)

/** A listener that calls the function which was registered last. */
export function listenAsAzure(): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { metadata, handler } = last
  const [name] = Object.keys(metadata.bindings)
  return async ({ method = '', url = '', rawHeaders }, response) => {
    const headers: Record<string, string> = {}
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const header = rawHeaders[at]!.toLowerCase() // the host's protocol has one value for each
      headers[header] = [headers[header] ?? [], rawHeaders[at + 1]!].flat().join(',')
    }
    const http = { method, url: `http://orders.example${url}`, headers, params: {}, query: {} }
    const request = { inputData: [{ name, data: { http } }], triggerMetadata: {} }
    const log = (): void => {}
    const invocation = model.getInvocationModel({ invocationId: '1', metadata: { name: 'orders', ...metadata }, request, log })
    try {
      const { context, inputs } = await invocation.getArguments()
      const { returnValue } = await invocation.getResponse(context, await invocation.invokeFunction(context, inputs, handler))
      if (returnValue) response.writeHead(Number(returnValue.http.statusCode), returnValue.http.headers).end(returnValue.http.body.bytes)
      else response.writeHead(204).end()
    } catch {
      response.writeHead(500).end()
    }
  }
}
