"""The implementation in Python that the argument names.

It answers requests line by line: `sign CLAIMS` with a token, `verify TOKEN` with its claims or `refused`. The secret is JWT_SECRET's.
"""

import json
import os
import sys
from base64 import urlsafe_b64encode
from importlib import import_module

SECRET = os.environ["JWT_SECRET"]
peer = sys.argv[1]

if peer == "authlib":
    from authlib.jose import JsonWebToken

    jwt = JsonWebToken(["HS256"])

    def sign(claims):
        return jwt.encode({"alg": "HS256"}, claims, SECRET).decode()

    def verify(token):
        claims = jwt.decode(token, SECRET)
        claims.validate()
        return claims

elif peer == "jwcrypto":
    from jwcrypto.jwk import JWK
    from jwcrypto.jwt import JWT

    key = JWK(kty="oct", k=urlsafe_b64encode(SECRET.encode()).decode().rstrip("="))

    def sign(claims):
        token = JWT(header={"alg": "HS256"}, claims=claims)
        token.make_signed_token(key)
        return token.serialize()

    def verify(token):
        return json.loads(JWT(jwt=token, key=key, algs=["HS256"]).claims)

else:
    jwt = import_module({"pyjwt": "jwt", "python-jose": "jose.jwt"}[peer])

    def sign(claims):
        return jwt.encode(claims, SECRET, algorithm="HS256")

    def verify(token):
        return jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_aud": False})


for line in sys.stdin:
    verb, _, argument = line.rstrip("\n").partition(" ")
    try:
        print(sign(json.loads(argument)) if verb == "sign" else json.dumps(verify(argument)))
    except Exception as error:
        print("refused", type(error).__name__)
