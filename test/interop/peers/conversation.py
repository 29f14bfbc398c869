"""Answers requests line by line: `sign CLAIMS` with a token, `verify TOKEN` with its claims or `refused`. The secret is JWT_SECRET's."""

import json
import os
import sys

SECRET = os.environ["JWT_SECRET"]


def converse(sign, verify):
    """`sign` makes a token of claims; `verify` gives the claims of a token, or throws."""
    for line in sys.stdin:
        verb, _, argument = line.rstrip("\n").partition(" ")
        try:
            print(sign(json.loads(argument)) if verb == "sign" else json.dumps(verify(argument)), flush=True)
        except Exception as error:
            print("refused", type(error).__name__, flush=True)
