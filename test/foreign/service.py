"""A service of another make, with Flask and PyJWT, that shares nothing with ours but the secret: an issuer, and a guarded service.

It takes its secret from JWT_SECRET, listens on a port that it prints, and logs no token. Debian: python3-flask, python3-jwt.
"""

import logging
import os
import time

import jwt
from flask import Flask, jsonify, make_response, request
from werkzeug.serving import make_server

SECRET = os.environ["JWT_SECRET"]
ISSUER = os.environ.get("JWT_ISSUER", "https://auth.example")
AUDIENCE = os.environ.get("JWT_AUDIENCE", "orders")
TYPE = os.environ.get("JWT_TYPE", "JWT")  # a kind of token has a typ of its own, which PyJWT leaves to its users

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
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": wanted["user"], "iat": now, "exp": now + 3600, "groups": ["ops"], **wanted.get("claims", {})}
    token = jwt.encode(claims, SECRET, algorithm="HS256", headers={"typ": TYPE, **wanted.get("header", {})})
    response = jsonify(token=token)
    response.set_cookie("jwt", token, max_age=3600, path="/", secure=True, httponly=True, samesite="Lax")
    return response


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
    return jsonify(user=claims["sub"], groups=claims.get("groups"))


server = make_server("127.0.0.1", 0, app)
print(server.server_port, flush=True)
server.serve_forever()
