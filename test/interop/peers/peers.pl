# The implementation in Perl that the argument names. It answers requests line by line: `sign CLAIMS` with a token, `verify TOKEN` with its
# claims or `refused`. The secret is JWT_SECRET's.
use strict;
use warnings;
use JSON::PP;

my $secret = $ENV{JWT_SECRET};
my %peers = (
  'Crypt::JWT' => {
    sign   => sub { Crypt::JWT::encode_jwt(payload => shift, alg => 'HS256', key => $secret) },
    verify => sub { Crypt::JWT::decode_jwt(token => shift, key => $secret, accepted_alg => 'HS256') },
  },
  'Mojo::JWT' => {
    sign   => sub { Mojo::JWT->new(claims => shift, secret => $secret)->encode },
    verify => sub { Mojo::JWT->new(secret => $secret)->decode(shift) },
  },
);
my $peer = $peers{$ARGV[0]};
eval "require $ARGV[0]" or die $@;

my $json = JSON::PP->new->utf8->allow_nonref->max_depth(1000);
while (my $line = <STDIN>) {
  chomp $line;
  my ($verb, $argument) = split / /, $line, 2;
  my $answer = eval { $verb eq 'sign' ? $peer->{sign}->($json->decode($argument)) : $json->encode($peer->{verify}->($argument)) };
  print defined $answer ? $answer : 'refused', "\n";
}
