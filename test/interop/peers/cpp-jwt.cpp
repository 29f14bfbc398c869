/* cpp-jwt. */
#include "conversation.h"
#include <jwt/jwt.hpp>

using namespace jwt::params;

static char *sign(const char *key, const char *claims) try {
  jwt::jwt_object token{algorithm("HS256"), secret(key)};
  const auto json = nlohmann::json::parse(claims);
  for (auto claim = json.begin(); claim != json.end(); ++claim) token.add_claim(claim.key(), claim.value());
  return strdup(token.signature().c_str());
} catch (const std::exception &) {
  return NULL;
}

static char *verify(const char *key, const char *token) try {
  return strdup(jwt::decode(token, algorithms({"HS256"}), secret(key)).payload().create_json_obj().dump().c_str());
} catch (const std::exception &) {
  return NULL;
}
