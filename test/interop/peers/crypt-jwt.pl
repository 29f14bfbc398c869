# Crypt::JWT.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Conversation;
use Crypt::JWT qw(decode_jwt encode_jwt);

converse(
  sign   => sub { encode_jwt(payload => shift, alg => 'HS256', key => $SECRET) },
  verify => sub { decode_jwt(token => shift, key => $SECRET, accepted_alg => 'HS256') },
);
