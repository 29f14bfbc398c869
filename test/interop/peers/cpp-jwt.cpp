/* cpp-jwt. */
#include <jwt/jwt.hpp>

#include <cstdlib>
#include <iostream>

using namespace jwt::params;

static const std::string SECRET = std::getenv("JWT_SECRET");

static std::string sign(const std::string &claims) {
  jwt::jwt_object token{algorithm("HS256"), secret(SECRET)};
  const auto json = nlohmann::json::parse(claims);
  for (auto claim = json.begin(); claim != json.end(); ++claim) token.add_claim(claim.key(), claim.value());
  return token.signature();
}

static std::string verify(const std::string &token) {
  return jwt::decode(token, algorithms({"HS256"}), secret(SECRET)).payload().create_json_obj().dump();
}

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    try {
      std::cout << (line.rfind("sign ", 0) == 0 ? sign(line.substr(5)) : verify(line.substr(7))) << std::endl;
    } catch (const std::exception &) {
      std::cout << "refused" << std::endl;
    }
  }
}
