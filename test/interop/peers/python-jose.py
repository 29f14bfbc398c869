"""python-jose."""

from conversation import SECRET, converse
from jose import jwt

converse(
    sign=lambda claims: jwt.encode(claims, SECRET, algorithm="HS256"),
    verify=lambda token: jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_aud": False}),
)
