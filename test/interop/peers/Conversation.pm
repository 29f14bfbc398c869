# Answers requests line by line: `sign CLAIMS` with a token, `verify TOKEN` with its claims or `refused`. The secret is JWT_SECRET's.
package Conversation;
use strict;
use warnings;
use Exporter 'import';
use JSON::PP;

our @EXPORT = qw(converse $SECRET);
our $SECRET = $ENV{JWT_SECRET};

# `sign` makes a token of claims; `verify` gives the claims of a token, or dies.
sub converse {
  my %peer = @_;
  my $json = JSON::PP->new->utf8->allow_nonref->max_depth(1000);
  $| = 1;
  while (my $line = <STDIN>) {
    chomp $line;
    my ($verb, $argument) = split / /, $line, 2;
    my $answer = eval { $verb eq 'sign' ? $peer{sign}->($json->decode($argument)) : $json->encode($peer{verify}->($argument)) };
    print defined $answer ? $answer : 'refused', "\n";
  }
}

1;
