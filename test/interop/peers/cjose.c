/* cjose. It is about signatures alone, and reads no claims. */
#include "conversation.h"
#include <cjose/cjose.h>

static cjose_err error;

static cjose_jwk_t *key(const char *secret) {
  return cjose_jwk_create_oct_spec((const uint8_t *)secret, strlen(secret), &error);
}

static char *sign(const char *secret, const char *claims) {
  cjose_header_t *header = cjose_header_new(&error);
  const char *token = NULL;
  if (!cjose_header_set(header, CJOSE_HDR_ALG, CJOSE_HDR_ALG_HS256, &error)) return NULL;
  cjose_jws_t *jws = cjose_jws_sign(key(secret), header, (const uint8_t *)claims, strlen(claims), &error);
  return jws != NULL && cjose_jws_export(jws, &token, &error) ? (char *)token : NULL;
}

static char *verify(const char *secret, const char *token) {
  uint8_t *payload = NULL;
  size_t length = 0;
  cjose_jws_t *jws = cjose_jws_import(token, strlen(token), &error);
  if (jws == NULL) return NULL;
  const char *alg = cjose_header_get(cjose_jws_get_protected(jws), CJOSE_HDR_ALG, &error);
  if (alg == NULL || strcmp(alg, CJOSE_HDR_ALG_HS256) != 0 || !cjose_jws_verify(jws, key(secret), &error)) return NULL;
  return cjose_jws_get_plaintext(jws, &payload, &length, &error) ? strndup((char *)payload, length) : NULL;
}
