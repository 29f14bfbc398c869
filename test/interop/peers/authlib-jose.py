"""Authlib."""

from authlib.jose import JsonWebToken
from conversation import SECRET, converse

jwt = JsonWebToken(["HS256"])


def verify(token):
    claims = jwt.decode(token, SECRET)
    claims.validate()
    return claims


converse(sign=lambda claims: jwt.encode({"alg": "HS256"}, claims, SECRET).decode(), verify=verify)
