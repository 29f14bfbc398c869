/** The implementations that exchange tokens with hs256: where each comes from, how it runs, and which claims it does not preserve. */

import type { Exception, Implementation } from './implementation.ts'

/** An implementation in Debian, run by an interpreter. */
const debian = (language: string, name: string, from: string, run: string, ...exceptions: readonly Exception[]): Implementation => ({
  name,
  language,
  from: { debian: from },
  run,
  exceptions,
})
/** An implementation in Debian, whose program is built first. */
const built = (
  language: string,
  name: string,
  from: string,
  needs: string,
  build: string,
  ...exceptions: readonly Exception[]
): Implementation => ({
  ...debian(language, name, from, `"$OUT/${name}"`, ...exceptions),
  needs: needs.split(' '),
  build: build.replace('PROGRAM', `"$OUT/${name}"`),
})
const npm = (name: string, from: string, ...exceptions: readonly Exception[]): Implementation => ({
  name,
  language: 'JavaScript',
  from: { npm: from },
  run: `node ${from}.mjs`,
  exceptions,
})
const except = (way: Exception['way'], shapes: string, reason: string): Exception => ({ way, shapes: shapes.split(', '), reason })

const noSurrogates = (way: Exception['way'], reason: string) => except(way, 'lone surrogates', reason)
const shallow = (way: Exception['way']) => except(way, 'two hundred levels', 'it reads at most 100 levels of JSON')
const [ruby, rejecting] = [
  noSurrogates('both', 'Ruby cannot represent such strings'),
  noSurrogates('both', 'its JSON library rejects them'),
]
const rounded = except('both', 'numbers at the edges of double', 'Perl writes numbers with 15 digits')
const jansson = except('both', 'lone surrogates, escapes and control characters', 'its JSON library rejects lone surrogates and `\\u0000`')
const GO = 'GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$OUT/go" go build -o PROGRAM golang-jwt.go'

export const IMPLEMENTATIONS: readonly Implementation[] = [
  debian('Python', 'PyJWT', 'python3-jwt', '/usr/bin/python3 pyjwt.py'),
  debian('Python', 'python-jose', 'python3-jose', '/usr/bin/python3 python-jose.py'),
  debian(
    'Python',
    'Authlib',
    'python3-authlib',
    '/usr/bin/python3 authlib-jose.py',
    noSurrogates('signing', 'such Python strings cannot be encoded as UTF-8'),
  ),
  debian('Python', 'jwcrypto', 'python3-jwcrypto', '/usr/bin/python3 jwcrypto-jwt.py'),
  debian('Ruby', 'ruby-jwt', 'ruby-jwt', 'ruby ruby-jwt.rb', ruby, shallow('both')),
  debian('Ruby', 'json-jwt', 'ruby-json-jwt', 'ruby json-jwt.rb', ruby, shallow('reading')),
  debian('Perl', 'Crypt::JWT', 'libcrypt-jwt-perl', 'perl crypt-jwt.pl', rejecting, rounded),
  debian('Perl', 'Mojo::JWT', 'libmojo-jwt-perl', 'perl mojo-jwt.pl', rejecting, rounded),
  built('Go', 'golang-jwt', 'golang-github-golang-jwt-jwt-dev', 'golang-go', GO, noSurrogates('both', 'Go replaces them with U+FFFD')),
  {
    ...debian('Erlang', 'erlang-jose', 'erlang-jose', 'escript erlang-jose.escript'),
    needs: ['erlang-jiffy'],
    exceptions: [
      rejecting,
      except('both', 'numbers at the edges of double', 'its JSON library reads 5e-324 as 0'),
      except(
        'signing',
        'four kilobytes of text, a thousand members, a list of a thousand',
        'its JSON library returns long values in pieces, which it does not sign',
      ),
    ],
  },
  built('C', 'libjwt', 'libjwt-dev', 'gcc libc6-dev', 'gcc -o PROGRAM libjwt.c -ljwt', jansson),
  built('C', 'cjose', 'libcjose-dev', 'gcc libc6-dev', 'gcc -o PROGRAM cjose.c -lcjose'),
  debian('C', 'rhonabwy (rnbyc)', 'rnbyc', 'bash rnbyc.sh', jansson),
  debian('C', 'latchset jose', 'jose', 'bash latchset-jose.sh'),
  built(
    'C++',
    'cpp-jwt',
    'libcpp-jwt-dev',
    'g++',
    'g++ -std=c++17 -o PROGRAM cpp-jwt.cpp -lcrypto',
    rejecting,
    except('reading', 'negative times', 'it reads times as unsigned numbers'),
  ),
  debian('Shell', 'openssl', 'openssl', 'bash openssl.sh'),
  npm('jose', 'jose'),
  npm(
    'jsonwebtoken',
    'jsonwebtoken',
    except('signing', 'times at zero', 'it treats an `iat` of 0 as missing'),
    except('signing', 'names of other objects, a member named __proto__', 'its claim check fails on names that every object inherits'),
  ),
  npm(
    'fast-jwt',
    'fast-jwt',
    except('signing', 'times with fractions, times at zero, negative times', 'it signs only positive whole times'),
  ),
  npm('hono/jwt', 'hono'),
]
