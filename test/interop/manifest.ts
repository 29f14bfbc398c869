/** The implementations that hs256 trades tokens with: where each comes from, how it is run, and which claims it cannot carry. */

import type { Exception, Implementation } from './implementation.ts'

const SURROGATES = 'lone surrogates'
const DEEP = 'two hundred levels'

const noSurrogates = (way: Exception['way'], reason: string): Exception => ({ shapes: [SURROGATES], way, reason })
const shallow = (way: Exception['way']): Exception => ({ shapes: [DEEP], way, reason: 'it reads JSON of 100 levels at most' })
const rounded: Exception = { shapes: ['numbers at the edges of double'], way: 'both', reason: 'Perl writes numbers with 15 digits' }
const jansson: Exception = {
  shapes: [SURROGATES, 'escapes and control characters'],
  way: 'both',
  reason: 'its JSON library refuses lone surrogates and `\\u0000`',
}

export const IMPLEMENTATIONS: readonly Implementation[] = [
  { name: 'PyJWT', language: 'Python', from: { debian: 'python3-jwt' }, run: '/usr/bin/python3 pyjwt.py' },
  { name: 'python-jose', language: 'Python', from: { debian: 'python3-jose' }, run: '/usr/bin/python3 python-jose.py' },
  {
    name: 'Authlib',
    language: 'Python',
    from: { debian: 'python3-authlib' },
    run: '/usr/bin/python3 authlib-jose.py',
    exceptions: [noSurrogates('signing', 'Python strings with them are no UTF-8')],
  },
  { name: 'jwcrypto', language: 'Python', from: { debian: 'python3-jwcrypto' }, run: '/usr/bin/python3 jwcrypto-jwt.py' },
  {
    name: 'ruby-jwt',
    language: 'Ruby',
    from: { debian: 'ruby-jwt' },
    run: 'ruby ruby-jwt.rb',
    exceptions: [noSurrogates('both', 'Ruby has no such strings'), shallow('both')],
  },
  {
    name: 'json-jwt',
    language: 'Ruby',
    from: { debian: 'ruby-json-jwt' },
    run: 'ruby json-jwt.rb',
    exceptions: [noSurrogates('both', 'Ruby has no such strings'), shallow('reading')],
  },
  {
    name: 'Crypt::JWT',
    language: 'Perl',
    from: { debian: 'libcrypt-jwt-perl' },
    run: 'perl crypt-jwt.pl',
    exceptions: [noSurrogates('both', 'its JSON library refuses them'), rounded],
  },
  {
    name: 'Mojo::JWT',
    language: 'Perl',
    from: { debian: 'libmojo-jwt-perl' },
    run: 'perl mojo-jwt.pl',
    exceptions: [noSurrogates('both', 'its JSON library refuses them'), rounded],
  },
  {
    name: 'golang-jwt',
    language: 'Go',
    from: { debian: 'golang-github-golang-jwt-jwt-dev' },
    needs: ['golang-go'],
    build: 'GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$OUT/go" go build -o "$OUT/golang-jwt" golang-jwt.go',
    run: '"$OUT/golang-jwt"',
    exceptions: [noSurrogates('both', 'Go reads U+FFFD')],
  },
  {
    name: 'erlang-jose',
    language: 'Erlang',
    from: { debian: 'erlang-jose' },
    needs: ['erlang-jiffy'],
    run: 'escript erlang-jose.escript',
    exceptions: [
      noSurrogates('both', 'its JSON library refuses them'),
      { shapes: ['numbers at the edges of double'], way: 'both', reason: 'its JSON library reads 5e-324 as 0' },
      {
        shapes: ['four kilobytes of text', 'a thousand members', 'a list of a thousand'],
        way: 'signing',
        reason: 'it does not sign the pieces in which its JSON library gives what is long',
      },
    ],
  },
  {
    name: 'libjwt',
    language: 'C',
    from: { debian: 'libjwt-dev' },
    needs: ['gcc', 'libc6-dev'],
    build: 'gcc -o "$OUT/libjwt" libjwt.c -ljwt',
    run: '"$OUT/libjwt"',
    exceptions: [jansson],
  },
  {
    name: 'cjose',
    language: 'C',
    from: { debian: 'libcjose-dev' },
    needs: ['gcc', 'libc6-dev'],
    build: 'gcc -o "$OUT/cjose" cjose.c -lcjose',
    run: '"$OUT/cjose"',
  },
  { name: 'rhonabwy (rnbyc)', language: 'C', from: { debian: 'rnbyc' }, run: 'bash rnbyc.sh', exceptions: [jansson] },
  { name: 'latchset jose', language: 'C', from: { debian: 'jose' }, run: 'bash latchset-jose.sh' },
  {
    name: 'cpp-jwt',
    language: 'C++',
    from: { debian: 'libcpp-jwt-dev' },
    needs: ['g++'],
    build: 'g++ -std=c++17 -o "$OUT/cpp-jwt" cpp-jwt.cpp -lcrypto',
    run: '"$OUT/cpp-jwt"',
    exceptions: [
      noSurrogates('both', 'its JSON library refuses them'),
      { shapes: ['negative times'], way: 'reading', reason: 'it takes times for unsigned numbers' },
    ],
  },
  { name: 'openssl', language: 'Shell', from: { debian: 'openssl' }, run: 'bash openssl.sh' },
  { name: 'jose', language: 'JavaScript', from: { npm: 'jose' }, run: 'node jose.mjs' },
  {
    name: 'jsonwebtoken',
    language: 'JavaScript',
    from: { npm: 'jsonwebtoken' },
    run: 'node jsonwebtoken.mjs',
    exceptions: [
      { shapes: ['times at zero'], way: 'signing', reason: 'it takes an `iat` of 0 for none' },
      {
        shapes: ['names of other objects', 'a member named __proto__'],
        way: 'signing',
        reason: 'its check of claims trips over names that every object inherits',
      },
    ],
  },
  {
    name: 'fast-jwt',
    language: 'JavaScript',
    from: { npm: 'fast-jwt' },
    run: 'node fast-jwt.mjs',
    exceptions: [
      { shapes: ['times with fractions', 'times at zero', 'negative times'], way: 'signing', reason: 'it signs whole times above 0 alone' },
    ],
  },
  { name: 'hono/jwt', language: 'JavaScript', from: { npm: 'hono' }, run: 'node hono.mjs' },
]
