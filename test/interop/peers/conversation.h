/* Answers requests line by line: `sign CLAIMS` with a token, `verify TOKEN` with its claims or `refused`. The secret is JWT_SECRET's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes a token of claims, or gives NULL. Nothing is freed: the process is short. */
static char *sign(const char *secret, const char *claims);

/* Gives the claims of a token, or NULL. */
static char *verify(const char *secret, const char *token);

int main(void) {
  const char *secret = getenv("JWT_SECRET");
  char *line = NULL;
  size_t size = 0;
  while (secret != NULL && getline(&line, &size, stdin) > 0) {
    line[strcspn(line, "\n")] = '\0';
    const char *answer = strncmp(line, "sign ", 5) == 0 ? sign(secret, line + 5) : verify(secret, line + 7);
    puts(answer == NULL ? "refused" : answer);
  }
  return 0;
}
