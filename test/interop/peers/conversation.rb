# Answers requests line by line: `sign CLAIMS` with a token, `verify TOKEN` with its claims or `refused`. The secret is JWT_SECRET's.
require 'json'

SECRET = ENV.fetch('JWT_SECRET')

# `sign` makes a token of claims; `verify` gives the claims of a token, or raises.
def converse(sign:, verify:)
  $stdin.each_line(chomp: true) do |line|
    verb, argument = line.split(' ', 2)
    puts verb == 'sign' ? sign.call(JSON.parse(argument, max_nesting: false)) : JSON.generate(verify.call(argument), max_nesting: 0)
  rescue StandardError => e
    puts "refused #{e.class}"
  end
end
