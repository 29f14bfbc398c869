/* libjwt. */
#include "conversation.h"
#include <jwt.h>

static char *sign(const char *secret, const char *claims) {
  jwt_t *jwt = NULL;
  if (jwt_new(&jwt) != 0) return NULL;
  if (jwt_set_alg(jwt, JWT_ALG_HS256, (const unsigned char *)secret, (int)strlen(secret)) != 0) return NULL;
  return jwt_add_grants_json(jwt, claims) == 0 ? jwt_encode_str(jwt) : NULL;
}

static char *verify(const char *secret, const char *token) {
  jwt_t *jwt = NULL;
  if (jwt_decode(&jwt, token, (const unsigned char *)secret, (int)strlen(secret)) != 0) return NULL;
  return jwt_get_alg(jwt) == JWT_ALG_HS256 ? jwt_get_grants_json(jwt, NULL) : NULL;
}
