/** Claims of every shape, for trading tokens with other implementations. */

/** The `exp` of every token. */
export const EXP = 4_102_444_800 // 2100-01-01T00:00:00Z: the clocks of others are the system's

/** Claims of every shape, as JSON, so that a member may be named `__proto__`. */
export const SHAPES: Readonly<Record<string, string>> = {
  'nothing but exp': '{}',
  'all registered claims':
    '{"iss":"https://auth.example","sub":"u1","aud":"orders","nbf":1700000000,"iat":1700000000,"jti":"0b1e5bd4-0c4e-4f4e-8f3e-0d8d8a6f7a11"}',
  'a list as audience': '{"aud":["orders","billing"]}',
  'an empty list as audience': '{"aud":[]}',
  'times with fractions': '{"iat":1700000000.25,"nbf":1699999999.75}',
  'times at zero': '{"iat":0,"nbf":0}',
  'negative times': '{"iat":-1,"nbf":-1.5}',
  'role and groups': '{"sub":"u1","role":"admin","groups":["ops","dev"]}',
  'names that are not ASCII': '{"名前":"山田太郎","имя":"Иван","اسم":"محمد","שם":"דוד"}',
  'emoji, also joined ones': '{"sub":"\u{1f600}","family":"\u{1f468}\u200d\u{1f469}\u200d\u{1f467}","flag":"\u{1f1e9}\u{1f1ea}"}',
  'composed and decomposed letters': '{"composed":"caf\u00e9","decomposed":"cafe\u0301"}',
  'escapes and control characters': '{"a":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f","b":"\u2028\u2029\ufeff"}',
  'lone surrogates': '{"high":"\\ud800","low":"\\udc00"}',
  'markup and dots': '{"html":"<script>alert(1)</script>&amp;","dots":"a.b.c","pad":"==","sql":"\' OR 1=1 --"}',
  'four kilobytes of text': JSON.stringify({ text: 'Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. '.repeat(61) }),
  'a thousand members': JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`claim${index}`, index]))),
  'a list of a thousand': JSON.stringify({ list: Array.from({ length: 1000 }, (_, index) => index / 8) }),
  'objects in objects': '{"a":{"b":{"c":{"d":{"e":[[[{"f":null}]]]}}}}}',
  'two hundred levels': `{"deep":${'['.repeat(200)}${']'.repeat(200)}}`,
  'empty values': '{"text":"","list":[],"object":{},"null":null,"false":false,"zero":0,"":"empty name"}',
  'true, false and null': '{"yes":true,"no":false,"nothing":null}',
  'numbers at the edges of double':
    '{"half":4503599627370495.5,"min":5e-324,"negative":-4503599627370495.5,"epsilon":2.220446049250313e-16,"third":0.3333333333333333}',
  'whole numbers at the edges': '{"safe":9007199254740991,"even":9007199254740990,"least":-9007199254740991,"round":1e15,"small":1e-7}',
  'mixed lists': '{"list":[1,"a",true,null,{"b":2},[3,[4]]]}',
  'names of other objects': '{"constructor":"a","toString":"b","hasOwnProperty":"c","length":3,"then":"d","toJSON":"e","valueOf":1}',
  'a member named __proto__': '{"__proto__":{"admin":true},"sub":"u1"}',
  'an empty subject': '{"sub":"","iss":"","jti":""}',
  'a URL as name': '{"https://example.com/is_root":true,"urn:example:a b":"c"}',
  'names that look like numbers': '{"1":"one","0":"zero","-1":"minus one","1e3":"thousand"}',
}
