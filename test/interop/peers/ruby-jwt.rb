# ruby-jwt.
require 'jwt'
require_relative 'conversation'

converse(
  sign: ->(claims) { JWT.encode(claims, SECRET, 'HS256') },
  verify: ->(token) { JWT.decode(token, SECRET, true, algorithm: 'HS256').first }
)
