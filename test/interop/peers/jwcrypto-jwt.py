"""jwcrypto."""

import json
from base64 import urlsafe_b64encode

from conversation import SECRET, converse
from jwcrypto.jwk import JWK
from jwcrypto.jwt import JWT

key = JWK(kty="oct", k=urlsafe_b64encode(SECRET.encode()).decode().rstrip("="))


def sign(claims):
    token = JWT(header={"alg": "HS256"}, claims=claims)
    token.make_signed_token(key)
    return token.serialize()


converse(sign, verify=lambda token: json.loads(JWT(jwt=token, key=key, algs=["HS256"]).claims))
