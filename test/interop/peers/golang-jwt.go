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

func sign(text string) (string, error) {
	claims := jwt.MapClaims{}
	if err := json.Unmarshal([]byte(text), &claims); err != nil {
		return "", err
	}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(secret)
}

func verify(text string) (string, error) {
	parser := jwt.Parser{ValidMethods: []string{"HS256"}}
	token, err := parser.Parse(text, func(*jwt.Token) (interface{}, error) { return secret, nil })
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
		answer := verify
		if verb == "sign" {
			answer = sign
		}
		if line, err := answer(argument); err == nil {
			fmt.Println(line)
		} else {
			fmt.Println("refused")
		}
	}
}
