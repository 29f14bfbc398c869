/** The implementations that exchange tokens with hs256: where each comes from, how it runs, and which claims it does not preserve. */

import type { Exception, Implementation } from './implementation.ts'

const SURROGATES = 'lone surrogates'
const DEEP = 'two hundred levels'

const noSurrogates = (way: Exception['way'], reason: string): Exception => ({ shapes: [SURROGATES], way, reason })
const shallow = (way: Exception['way']): Exception => ({ shapes: [DEEP], way, reason: 'it reads at most 100 levels of JSON' })
const rounded: Exception = { shapes: ['numbers at the edges of double'], way: 'both', reason: 'Perl writes numbers with 15 digits' }
const jansson: Exception = {
  shapes: [SURROGATES, 'escapes and control characters'],
  way: 'both',
  reason: 'its JSON library rejects lone surrogates and `\\u0000`',
}

export const IMPLEMENTATIONS: readonly Implementation[] = [
  { name: 'PyJWT', language: 'Python', from: { debian: 'python3-jwt' }, run: '/usr/bin/python3 pyjwt.py' },
  { name: 'python-jose', language: 'Python', from: { debian: 'python3-jose' }, run: '/usr/bin/python3 python-jose.py' },
  {
    name: 'Authlib',
    language: 'Python',
    from: { debian: 'python3-authlib' },
    run: '/usr/bin/python3 authlib-jose.py',
    exceptions: [noSurrogates('signing', 'such Python strings cannot be encoded as UTF-8')],
  },
  { name: 'jwcrypto', language: 'Python', from: { debian: 'python3-jwcrypto' }, run: '/usr/bin/python3 jwcrypto-jwt.py' },
  {
    name: 'ruby-jwt',
    language: 'Ruby',
    from: { debian: 'ruby-jwt' },
    run: 'ruby ruby-jwt.rb',
    exceptions: [noSurrogates('both', 'Ruby cannot represent such strings'), shallow('both')],
  },
  {
    name: 'json-jwt',
    language: 'Ruby',
    from: { debian: 'ruby-json-jwt' },
    run: 'ruby json-jwt.rb',
    exceptions: [noSurrogates('both', 'Ruby cannot represent such strings'), shallow('reading')],
  },
  {
    name: 'Crypt::JWT',
    language: 'Perl',
    from: { debian: 'libcrypt-jwt-perl' },
    run: 'perl crypt-jwt.pl',
    exceptions: [noSurrogates('both', 'its JSON library rejects them'), rounded],
  },
  {
    name: 'Mojo::JWT',
    language: 'Perl',
    from: { debian: 'libmojo-jwt-perl' },
    run: 'perl mojo-jwt.pl',
    exceptions: [noSurrogates('both', 'its JSON library rejects them'), rounded],
  },
  {
    name: 'golang-jwt',
    language: 'Go',
    from: { debian: 'golang-github-golang-jwt-jwt-dev' },
    needs: ['golang-go'],
    build: 'GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$OUT/go" go build -o "$OUT/golang-jwt" golang-jwt.go',
    run: '"$OUT/golang-jwt"',
    exceptions: [noSurrogates('both', 'Go replaces them with U+FFFD')],
  },
  {
    name: 'erlang-jose',
    language: 'Erlang',
    from: { debian: 'erlang-jose' },
    needs: ['erlang-jiffy'],
    run: 'escript erlang-jose.escript',
    exceptions: [
      noSurrogates('both', 'its JSON library rejects them'),
      { shapes: ['numbers at the edges of double'], way: 'both', reason: 'its JSON library reads 5e-324 as 0' },
      {
        shapes: ['four kilobytes of text', 'a thousand members', 'a list of a thousand'],
        way: 'signing',
        reason: 'its JSON library returns long values in pieces, which it does not sign',
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
      noSurrogates('both', 'its JSON library rejects them'),
      { shapes: ['negative times'], way: 'reading', reason: 'it reads times as unsigned numbers' },
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
      { shapes: ['times at zero'], way: 'signing', reason: 'it treats an `iat` of 0 as missing' },
      {
        shapes: ['names of other objects', 'a member named __proto__'],
        way: 'signing',
        reason: 'its claim check fails on names that every object inherits',
      },
    ],
  },
  {
    name: 'fast-jwt',
    language: 'JavaScript',
    from: { npm: 'fast-jwt' },
    run: 'node fast-jwt.mjs',
    exceptions: [
      { shapes: ['times with fractions', 'times at zero', 'negative times'], way: 'signing', reason: 'it signs only positive whole times' },
    ],
  },
  { name: 'hono/jwt', language: 'JavaScript', from: { npm: 'hono' }, run: 'node hono.mjs' },
]
