%% erlang-jose, with jiffy for JSON.
%% Answers requests line by line: `sign CLAIMS` with a token, `verify TOKEN` with its claims or `refused`. The secret is JWT_SECRET's.

main(_) ->
    {ok, _} = application:ensure_all_started(jose),
    jose:json_module(jose_json_jiffy),
    ok = io:setopts([binary, {encoding, unicode}]),
    Secret = unicode:characters_to_binary(os:getenv("JWT_SECRET")),
    converse(jose_jwk:from_oct(Secret)).

converse(Key) ->
    case io:get_line("") of
        eof -> ok;
        Line -> io:put_chars([answer(Key, string:chomp(Line)), $\n]), converse(Key)
    end.

answer(Key, Request) ->
    try perform(Key, Request) catch _:_ -> <<"refused">> end.

perform(Key, <<"sign ", Claims/binary>>) ->
    {_, Token} = jose_jws:compact(jose_jwt:sign(Key, #{<<"alg">> => <<"HS256">>}, jose_jwt:from_binary(Claims))),
    Token;
perform(Key, <<"verify ", Token/binary>>) ->
    {true, Jwt, _} = jose_jwt:verify_strict(Key, [<<"HS256">>], Token),
    element(2, jose_jwt:to_binary(Jwt)).
