/** `next/server`, as far as the recipes use it. */
export class NextRequest extends Request {}

export class NextResponse extends Response {
  static next(): NextResponse {
    return new NextResponse(null, { headers: { 'x-middleware-next': '1' } })
  }
}
