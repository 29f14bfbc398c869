// golang-jwt.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/golang-jwt/jwt"
)

var secret = []byte(os.Getenv("JWT_SECRET"))

func answer(verb, argument string) (string, error) {
	if verb == "sign" {
		claims := jwt.MapClaims{}
		if err := json.Unmarshal([]byte(argument), &claims); err != nil {
			return "", err
		}
		return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(secret)
	}
	parser := jwt.Parser{ValidMethods: []string{"HS256"}}
	token, err := parser.Parse(argument, func(*jwt.Token) (interface{}, error) { return secret, nil })
	if err != nil {
		return "", err
	}
	claims, err := json.Marshal(token.Claims)
	return string(claims), err
}

// Answers requests line by line: `sign CLAIMS` with a token, `verify TOKEN` with its claims or `refused`. The secret is JWT_SECRET's.
func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		verb, argument, _ := strings.Cut(lines.Text(), " ")
		line, err := answer(verb, argument)
		if err != nil {
			line = "refused"
		}
		fmt.Println(line)
	}
}
