# The implementation in Ruby that the argument requires. It answers requests line by line: `sign CLAIMS` with a token, `verify TOKEN` with
# its claims or `refused`. The secret is JWT_SECRET's.
require 'json'
require ARGV.first

SECRET = ENV.fetch('JWT_SECRET')
PEERS = {
  'jwt' => {
    sign: ->(claims) { JWT.encode(claims, SECRET, 'HS256') },
    verify: ->(token) { JWT.decode(token, SECRET, true, algorithm: 'HS256').first }
  },
  'json/jwt' => {
    sign: ->(claims) { JSON::JWT.new(claims).sign(SECRET, :HS256).to_s },
    verify: ->(token) { JSON::JWT.decode(token, SECRET, :HS256).to_h }
  }
}.freeze
peer = PEERS.fetch(ARGV.first)

$stdin.each_line(chomp: true) do |line|
  verb, argument = line.split(' ', 2)
  puts verb == 'sign' ? peer[:sign].call(JSON.parse(argument, max_nesting: false)) : JSON.generate(peer[:verify].call(argument), max_nesting: 0)
rescue StandardError => e
  puts "refused #{e.class}"
end
