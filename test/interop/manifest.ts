/** The implementations that exchange tokens with hs256: where each comes from, how it runs, and which claims it does not preserve. */

export interface Implementation {
  readonly name: string
  readonly language: string
  readonly source: 'Debian' | 'npm'
  /** Its package, which has the version, and those that it needs. */
  readonly packages: readonly string[]
  /** The command that runs its program, in the folder `peers/`. */
  readonly run: string
  /** The command that builds it first, into the folder `$OUT`. */
  readonly build: string | undefined
  readonly exceptions: readonly Exception[]
}

/** Claims that an implementation, or its language, does not preserve. If it preserves them after all, that is a miss, too. */
interface Exception {
  /** Whether it changes them when it reads our tokens, when it signs, or both. */
  readonly when: string
  /** The claim shapes, by name. */
  readonly shapes: readonly string[]
  readonly reason: string
}

const GO = 'GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$OUT/go" go'
const NUL = 'its JSON library rejects lone surrogates and `\\u0000`'
const PIECES = 'its JSON library returns long values in pieces, which it does not sign'

/** Language, name, packages, and the commands that run and build. */
const TABLE = `
Python | PyJWT | python3-jwt | /usr/bin/python3 peers.py pyjwt
Python | python-jose | python3-jose | /usr/bin/python3 peers.py python-jose
Python | Authlib | python3-authlib | /usr/bin/python3 peers.py authlib
Python | jwcrypto | python3-jwcrypto | /usr/bin/python3 peers.py jwcrypto
Ruby | ruby-jwt | ruby-jwt | ruby peers.rb jwt
Ruby | json-jwt | ruby-json-jwt | ruby peers.rb json/jwt
Perl | Crypt::JWT | libcrypt-jwt-perl | perl peers.pl Crypt::JWT
Perl | Mojo::JWT | libmojo-jwt-perl | perl peers.pl Mojo::JWT
Go | golang-jwt | golang-github-golang-jwt-jwt-dev golang-go | "$OUT/golang" | ${GO} build -o "$OUT/golang" golang-jwt.go
Erlang | erlang-jose | erlang-jose erlang-jiffy | escript erlang-jose.escript
C | libjwt | libjwt-dev gcc libc6-dev | "$OUT/libjwt" | gcc -o "$OUT/libjwt" libjwt.c -ljwt
C | cjose | libcjose-dev gcc libc6-dev | "$OUT/cjose" | gcc -o "$OUT/cjose" cjose.c -lcjose
C | rhonabwy (rnbyc) | rnbyc | bash peers.sh rnbyc
C | latchset jose | jose | bash peers.sh jose
C++ | cpp-jwt | libcpp-jwt-dev g++ | "$OUT/cpp-jwt" | g++ -std=c++17 -o "$OUT/cpp-jwt" cpp-jwt.cpp -lcrypto
Shell | openssl | openssl | bash peers.sh openssl
JavaScript | jose | jose | node peers.mjs jose
JavaScript | jsonwebtoken | jsonwebtoken | node peers.mjs jsonwebtoken
JavaScript | fast-jwt | fast-jwt | node peers.mjs fast-jwt
JavaScript | hono/jwt | hono | node peers.mjs hono
`

/** Name, when, claim shapes and reason. */
const EXCEPTIONS = `
Authlib | signing | lone surrogates | such Python strings cannot be encoded as UTF-8
ruby-jwt | reading, signing | lone surrogates | Ruby cannot represent such strings
ruby-jwt | reading, signing | two hundred levels | it reads at most 100 levels of JSON
json-jwt | reading, signing | lone surrogates | Ruby cannot represent such strings
json-jwt | reading | two hundred levels | it reads at most 100 levels of JSON
Crypt::JWT | reading, signing | lone surrogates | its JSON library rejects them
Crypt::JWT | reading, signing | numbers at the edges of double | Perl writes numbers with 15 digits
Mojo::JWT | reading, signing | lone surrogates | its JSON library rejects them
Mojo::JWT | reading, signing | numbers at the edges of double | Perl writes numbers with 15 digits
golang-jwt | reading, signing | lone surrogates | Go replaces them with U+FFFD
erlang-jose | reading, signing | lone surrogates | its JSON library rejects them
erlang-jose | reading, signing | numbers at the edges of double | its JSON library reads 5e-324 as 0
erlang-jose | signing | four kilobytes of text, a thousand members, a list of a thousand | ${PIECES}
libjwt | reading, signing | lone surrogates, escapes and control characters | ${NUL}
rhonabwy (rnbyc) | reading, signing | lone surrogates, escapes and control characters | ${NUL}
cpp-jwt | reading, signing | lone surrogates | its JSON library rejects them
cpp-jwt | reading | negative times | it reads times as unsigned numbers
jsonwebtoken | signing | times at zero | it treats an \`iat\` of 0 as missing
jsonwebtoken | signing | names of other objects, a member named __proto__ | its claim check fails on names that every object inherits
fast-jwt | signing | times with fractions, times at zero, negative times | it signs only positive whole times
`

const cellsOf = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((row) => row.split(' | '))

const exceptionsOf = (wanted: string): readonly Exception[] =>
  cellsOf(EXCEPTIONS).flatMap(([name, when = '', shapes = '', reason = '']) =>
    name === wanted ? [{ when, shapes: shapes.split(', '), reason }] : [],
  )

export const IMPLEMENTATIONS: readonly Implementation[] = cellsOf(TABLE).map(
  ([language = '', name = '', packages = '', run = '', build]) => ({
    name,
    language,
    source: language === 'JavaScript' ? 'npm' : 'Debian',
    packages: packages.split(' '),
    run,
    build,
    exceptions: exceptionsOf(name),
  }),
)
