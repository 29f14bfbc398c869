/** The rules of `verify`, in the order in which they are checked. */
export const RULES = ['exp', 'nbf', 'iat', 'maxAge', 'issuer', 'audience', 'subject', 'type', 'required']
