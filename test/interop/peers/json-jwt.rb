# json-jwt.
require 'json/jwt'
require_relative 'conversation'

converse(
  sign: ->(claims) { JSON::JWT.new(claims).sign(SECRET, :HS256).to_s },
  verify: ->(token) { JSON::JWT.decode(token, SECRET, :HS256).to_h }
)
