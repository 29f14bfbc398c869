# Mojo::JWT.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Conversation;
use Mojo::JWT;

converse(
  sign   => sub { Mojo::JWT->new(claims => shift, secret => $SECRET)->encode },
  verify => sub { Mojo::JWT->new(secret => $SECRET)->decode(shift) },
);
