"""A service of another make, with Flask and PyJWT, that shares nothing with ours but the secret: an issuer, and a guarded service.

It takes its secret from JWT_SECRET, and listens on a port that it prints. Debian: python3-flask, python3-jwt.
"""

import logging
import os
import time

import jwt
from flask import Flask, jsonify, make_response, request
from werkzeug.serving import make_server

SECRET = os.environ["JWT_SECRET"]
ISSUER = os.environ["JWT_ISSUER"]
AUDIENCE = "orders"
TYPE = os.environ["JWT_TYPE"]  # a kind of token has a typ of its own, which PyJWT leaves to its users

app = Flask(__name__)
logging.getLogger("werkzeug").setLevel(logging.ERROR)


def refuse(error, message):
    """Answers 401 as RFC 6750 wants it, and tells in the body what was wrong."""
    response = make_response(jsonify(error=error, message=message), 401)
    known = "" if error == "missing_token" else ', error="invalid_token"'
    response.headers["WWW-Authenticate"] = f'Bearer realm="jwt"{known}'
    response.headers["Cache-Control"] = "no-store"
    return response


def find_token():
    """The token of the cookie, else that of the header."""
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    return request.cookies.get("jwt") or (credentials if scheme.lower() == "bearer" else None)


@app.post("/login")
def login():
    wanted = request.get_json()
    now = int(time.time())
    claims = {"iss": ISSUER, "sub": wanted["user"], "iat": now, "exp": now + 3600, **wanted["claims"]}
    return jsonify(token=jwt.encode(claims, SECRET, algorithm="HS256", headers={"typ": TYPE, **wanted["header"]}))


@app.get("/me")
def me():
    token = find_token()
    if not token:
        return refuse("missing_token", "no token found")
    try:
        claims = jwt.decode(token, SECRET, algorithms=["HS256"], issuer=ISSUER, audience=AUDIENCE, options={"require": ["exp"]})
        if jwt.get_unverified_header(token).get("typ") != TYPE:  # verified by now
            return refuse("invalid_token", "token is of another kind")
    except jwt.ExpiredSignatureError:
        return refuse("token_expired", "token has expired")
    except jwt.InvalidTokenError:
        return refuse("invalid_token", "token is not valid")
    return jsonify(user=claims["sub"])


server = make_server("127.0.0.1", 0, app)
print(server.server_port, flush=True)
server.serve_forever()
