-- How texts are compared in searches. Both sides of a comparison go through these functions, so that no other program's
-- Unicode tables matter: not Java's, and not those of a client.
--
-- The classes of characters below were derived from the properties of Unicode 16. SearchTextTest holds them against the
-- properties that Java knows. A character that Unicode 16 does not assign counts as a letter, so that scripts that come
-- later are found too.

-- A text without case, accents and compatibility forms, in the steps
-- 1. Decompose (NFKD).
-- 2. Drop marks. A vowel sign is kept: in the scripts of India and South East Asia it makes another syllable. Vowel signs
--    are the marks with the property Alphabetic, but for those of Hebrew, Arabic, Syriac and Samaritan, which people leave
--    out, and those that any script takes. The voicing marks of kana are kept too. A vowel sign behind a letter of a
--    script that has none (all of these scripts stand before U+0900) is dropped. The Arabic tatweel, which only stretches a
--    word, and the joiners between letters of India are dropped too.
-- 3. Compose (NFKC), and map to upper case and back, which makes the variants of a letter one: the final sigma, the
--    dotless i.
-- 4. Map the letters with a stroke or hook that people type without, and three letters that people type as two.
create function folded(content text) returns text language sql immutable parallel safe
return replace(replace(replace(translate(
  lower(upper(normalize(
    regexp_replace(
      normalize(content, NFKD),
      '[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640'
  '\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07eb-\u07f3\u07fd'
  '\u0816-\u0819\u081b-\u0823\u0825-\u0827\u0829-\u082d\u0859-\u085b\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff\u093c'
  '\u094d\u0951-\u0954\u09bc\u09cd\u09fe\u0a3c\u0a4d\u0abc\u0acd\u0afd-\u0aff\u0b3c\u0b4d\u0b55\u0bcd\u0c3c\u0c4d'
  '\u0cbc\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0e47-\u0e4c\u0e4e\u0eba\u0ec8-\u0ecc\u0ece\u0f18\u0f19\u0f35\u0f37\u0f39'
  '\u0f3e\u0f3f\u0f84\u0f86\u0f87\u0fc6\u1037\u1039\u103a\u135d-\u135f\u1714\u1715\u1734\u17b4\u17b5\u17c9-\u17d3'
  '\u17dd\u180b-\u180d\u180f\u1939-\u193b\u1a60\u1a75-\u1a7c\u1a7f\u1ab0-\u1ace\u1b34\u1b44\u1b6b-\u1b73\u1baa\u1bab'
  '\u1be6\u1bf2\u1bf3\u1c37\u1cd0-\u1cd2\u1cd4-\u1ce8\u1ced\u1cf4\u1cf7-\u1cf9\u1dc0-\u1dff\u20d0-\u20f0\u2cef-\u2cf1'
  '\u2d7f\u302a-\u302f\ua66f-\ua672\ua67c\ua67d\ua6f0\ua6f1\ua806\ua82c\ua8c4\ua8e0-\ua8f1\ua92b-\ua92d\ua953\ua9b3'
  '\ua9c0\uaabf\uaac1\uaaf6\uabec\uabed\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f\U000101fd\U000102e0\U00010a38-\U00010a3a'
  '\U00010a3f\U00010ae5\U00010ae6\U00010d6a-\U00010d6d\U00010efc-\U00010eff\U00010f46-\U00010f50\U00010f82-\U00010f85'
  '\U00011046\U00011070\U0001107f\U000110b9\U000110ba\U00011133\U00011134\U00011173\U000111c0\U000111c9-\U000111cc'
  '\U00011235\U00011236\U000112e9\U000112ea\U0001133b\U0001133c\U0001134d\U00011366-\U0001136c\U00011370-\U00011374'
  '\U000113ce-\U000113d0\U000113d2\U000113e1\U000113e2\U00011442\U00011446\U0001145e\U000114c2\U000114c3'
  '\U000115bf\U000115c0\U0001163f\U000116b6\U000116b7\U0001172b\U00011839\U0001183a\U0001193d\U0001193e\U00011943'
  '\U000119e0\U00011a33\U00011a34\U00011a47\U00011a98\U00011a99\U00011c3f\U00011d42\U00011d44\U00011d45\U00011d97'
  '\U00011f41\U00011f42\U00011f5a\U00013440\U00013447-\U00013455\U0001612f\U00016af0-\U00016af4\U00016b30-\U00016b36'
  '\U00016fe4\U0001bc9d\U0001cf00-\U0001cf2d\U0001cf30-\U0001cf46\U0001d165-\U0001d169\U0001d16d-\U0001d172'
  '\U0001d17b-\U0001d182\U0001d185-\U0001d18b\U0001d1aa-\U0001d1ad\U0001d242-\U0001d244\U0001da00-\U0001da36'
  '\U0001da3b-\U0001da6c\U0001da75\U0001da84\U0001da9b-\U0001da9f\U0001daa1-\U0001daaf\U0001e130-\U0001e136\U0001e2ae'
  '\U0001e2ec-\U0001e2ef\U0001e4ec-\U0001e4ef\U0001e5ee\U0001e5ef\U0001e8d0-\U0001e8d6\U0001e944-\U0001e946'
  '\U0001e948-\U0001e94a\U000e0100-\U000e01ef]+'
      '|(?<=[\u0001-\u077f\u07c0-\u08ff])['
      '\u07a6-\u07b0\u0900-\u0903\u093a\u093b\u093e-\u094c\u094e\u094f\u0955-\u0957\u0962\u0963\u0981-\u0983'
  '\u09be-\u09c4\u09c7\u09c8\u09cb\u09cc\u09d7\u09e2\u09e3\u0a01-\u0a03\u0a3e-\u0a42\u0a47\u0a48\u0a4b\u0a4c\u0a51'
  '\u0a70\u0a71\u0a75\u0a81-\u0a83\u0abe-\u0ac5\u0ac7-\u0ac9\u0acb\u0acc\u0ae2\u0ae3\u0afa-\u0afc\u0b01-\u0b03'
  '\u0b3e-\u0b44\u0b47\u0b48\u0b4b\u0b4c\u0b56\u0b57\u0b62\u0b63\u0b82\u0bbe-\u0bc2\u0bc6-\u0bc8\u0bca-\u0bcc\u0bd7'
  '\u0c00-\u0c04\u0c3e-\u0c44\u0c46-\u0c48\u0c4a-\u0c4c\u0c55\u0c56\u0c62\u0c63\u0c81-\u0c83\u0cbe-\u0cc4\u0cc6-\u0cc8'
  '\u0cca-\u0ccc\u0cd5\u0cd6\u0ce2\u0ce3\u0cf3\u0d00-\u0d03\u0d3e-\u0d44\u0d46-\u0d48\u0d4a-\u0d4c\u0d57\u0d62\u0d63'
  '\u0d81-\u0d83\u0dcf-\u0dd4\u0dd6\u0dd8-\u0ddf\u0df2\u0df3\u0e31\u0e34-\u0e3a\u0e4d\u0eb1\u0eb4-\u0eb9\u0ebb\u0ebc'
  '\u0ecd\u0f71-\u0f83\u0f8d-\u0f97\u0f99-\u0fbc\u102b-\u1036\u1038\u103b-\u103e\u1056-\u1059\u105e-\u1060'
  '\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u1712\u1713\u1732\u1733\u1752\u1753'
  '\u1772\u1773\u17b6-\u17c8\u1885\u1886\u18a9\u1920-\u192b\u1930-\u1938\u1a17-\u1a1b\u1a55-\u1a5e\u1a61-\u1a74'
  '\u1b00-\u1b04\u1b35-\u1b43\u1b80-\u1b82\u1ba1-\u1ba9\u1bac\u1bad\u1be7-\u1bf1\u1c24-\u1c36\u2de0-\u2dff\u3099\u309a'
  '\ua674-\ua67b\ua69e\ua69f\ua802\ua80b\ua823-\ua827\ua880\ua881\ua8b4-\ua8c3\ua8c5\ua8ff\ua926-\ua92a\ua947-\ua952'
  '\ua980-\ua983\ua9b4-\ua9bf\ua9e5\uaa29-\uaa36\uaa43\uaa4c\uaa4d\uaa7b-\uaa7d\uaab0\uaab2-\uaab4\uaab7\uaab8\uaabe'
  '\uaaeb-\uaaef\uaaf5\uabe3-\uabea\U00010376-\U0001037a\U00010a01-\U00010a03\U00010a05\U00010a06\U00010a0c-\U00010a0f'
  '\U00010d24-\U00010d27\U00010d69\U00010eab\U00010eac\U00011000-\U00011002\U00011038-\U00011045\U00011073\U00011074'
  '\U00011080-\U00011082\U000110b0-\U000110b8\U000110c2\U00011100-\U00011102\U00011127-\U00011132\U00011145\U00011146'
  '\U00011180-\U00011182\U000111b3-\U000111bf\U000111ce\U000111cf\U0001122c-\U00011234\U00011237\U0001123e\U00011241'
  '\U000112df-\U000112e8\U00011300-\U00011303\U0001133e-\U00011344\U00011347\U00011348\U0001134b\U0001134c\U00011357'
  '\U00011362\U00011363\U000113b8-\U000113c0\U000113c2\U000113c5\U000113c7-\U000113ca\U000113cc\U000113cd'
  '\U00011435-\U00011441\U00011443-\U00011445\U000114b0-\U000114c1\U000115af-\U000115b5\U000115b8-\U000115be'
  '\U000115dc\U000115dd\U00011630-\U0001163e\U00011640\U000116ab-\U000116b5\U0001171d-\U0001172a\U0001182c-\U00011838'
  '\U00011930-\U00011935\U00011937\U00011938\U0001193b\U0001193c\U00011940\U00011942\U000119d1-\U000119d7'
  '\U000119da-\U000119df\U000119e4\U00011a01-\U00011a0a\U00011a35-\U00011a39\U00011a3b-\U00011a3e\U00011a51-\U00011a5b'
  '\U00011a8a-\U00011a97\U00011c2f-\U00011c36\U00011c38-\U00011c3e\U00011c92-\U00011ca7\U00011ca9-\U00011cb6'
  '\U00011d31-\U00011d36\U00011d3a\U00011d3c\U00011d3d\U00011d3f-\U00011d41\U00011d43\U00011d47\U00011d8a-\U00011d8e'
  '\U00011d90\U00011d91\U00011d93-\U00011d96\U00011ef3-\U00011ef6\U00011f00\U00011f01\U00011f03\U00011f34-\U00011f3a'
  '\U00011f3e-\U00011f40\U0001611e-\U0001612e\U00016f4f\U00016f51-\U00016f87\U00016f8f-\U00016f92\U00016ff0\U00016ff1'
  '\U0001bc9e\U0001e000-\U0001e006\U0001e008-\U0001e018\U0001e01b-\U0001e021\U0001e023\U0001e024\U0001e026-\U0001e02a'
  '\U0001e08f\U0001e947]+'
      '|(?<=[\u0900-\u0dff])[\u200c\u200d]+',
      '', 'g'),
    NFKC) collate "pg_c_utf8")),
  'đħłøŧɓɗƙƴ', 'dhlotbdky'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe');

-- The words of a text, folded, with one space between. What is no letter, digit or mark separates words.
create function folded_words(content text) returns text language sql immutable parallel safe
return regexp_replace(
  folded(content),
  '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7'
  '\u00f7\u02c2-\u02c5\u02d2-\u02df\u02e5-\u02eb\u02ed\u02ef-\u02ff\u0375\u037e\u0384\u0385\u0387\u03f6\u0482'
  '\u055a-\u055f\u0589\u058a\u058d-\u058f\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d'
  '\u06d4\u06dd\u06de\u06e9\u06fd\u06fe\u0700-\u070d\u070f\u07f6-\u07f9\u07fe\u07ff\u0830-\u083e\u085e\u0888'
  '\u0890\u0891\u08e2\u0964\u0965\u0970\u09f2\u09f3\u09fa\u09fb\u09fd\u0a76\u0af0\u0af1\u0b70\u0bf3-\u0bfa\u0c77\u0c7f'
  '\u0c84\u0d4f\u0d79\u0df4\u0e3f\u0e4f\u0e5a\u0e5b\u0f01-\u0f17\u0f1a-\u0f1f\u0f34\u0f36\u0f38\u0f3a-\u0f3d\u0f85'
  '\u0fbe-\u0fc5\u0fc7-\u0fcc\u0fce-\u0fda\u104a-\u104f\u109e\u109f\u10fb\u1360-\u1368\u1390-\u1399\u1400\u166d\u166e'
  '\u1680\u169b\u169c\u16eb-\u16ed\u1735\u1736\u17d4-\u17d6\u17d8-\u17db\u1800-\u180a\u180e\u1940\u1944\u1945'
  '\u19de-\u19ff\u1a1e\u1a1f\u1aa0-\u1aa6\u1aa8-\u1aad\u1b4e\u1b4f\u1b5a-\u1b6a\u1b74-\u1b7f\u1bfc-\u1bff\u1c3b-\u1c3f'
  '\u1c7e\u1c7f\u1cc0-\u1cc7\u1cd3\u1fbd\u1fbf-\u1fc1\u1fcd-\u1fcf\u1fdd-\u1fdf\u1fed-\u1fef\u1ffd\u1ffe\u2000-\u2064'
  '\u2066-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20c0\u2100\u2101\u2103-\u2106\u2108\u2109\u2114\u2116-\u2118'
  '\u211e-\u2123\u2125\u2127\u2129\u212e\u213a\u213b\u2140-\u2144\u214a-\u214d\u214f\u218a\u218b\u2190-\u2429'
  '\u2440-\u244a\u249c-\u24e9\u2500-\u2775\u2794-\u2b73\u2b76-\u2b95\u2b97-\u2bff\u2ce5-\u2cea\u2cf9-\u2cfc'
  '\u2cfe\u2cff\u2d70\u2e00-\u2e2e\u2e30-\u2e5d\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u2ff0-\u3004\u3008-\u3020\u3030'
  '\u3036\u3037\u303d-\u303f\u309b\u309c\u30a0\u30fb\u3190\u3191\u3196-\u319f\u31c0-\u31e5\u31ef\u3200-\u321e'
  '\u322a-\u3247\u3250\u3260-\u327f\u328a-\u32b0\u32c0-\u33ff\u4dc0-\u4dff\ua490-\ua4c6\ua4fe\ua4ff\ua60d-\ua60f\ua673'
  '\ua67e\ua6f2-\ua6f7\ua700-\ua716\ua720\ua721\ua789\ua78a\ua828-\ua82b\ua836-\ua839\ua874-\ua877\ua8ce\ua8cf'
  '\ua8f8-\ua8fa\ua8fc\ua92e\ua92f\ua95f\ua9c1-\ua9cd\ua9de\ua9df\uaa5c-\uaa5f\uaa77-\uaa79\uaade\uaadf\uaaf0\uaaf1'
  '\uab5b\uab6a\uab6b\uabeb\ue000-\uf8ff\ufb29\ufbb2-\ufbc2\ufd3e-\ufd4f\ufdcf\ufdfc-\ufdff\ufe10-\ufe19\ufe30-\ufe52'
  '\ufe54-\ufe66\ufe68-\ufe6b\ufeff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffe6\uffe8-\uffee'
  '\ufff9-\ufffd\U00010100-\U00010102\U00010137-\U0001013f\U00010179-\U00010189\U0001018c-\U0001018e'
  '\U00010190-\U0001019c\U000101a0\U000101d0-\U000101fc\U0001039f\U000103d0\U0001056f\U00010857\U00010877\U00010878'
  '\U0001091f\U0001093f\U00010a50-\U00010a58\U00010a7f\U00010ac8\U00010af0-\U00010af6\U00010b39-\U00010b3f'
  '\U00010b99-\U00010b9c\U00010d6e\U00010d8e\U00010d8f\U00010ead\U00010f55-\U00010f59\U00010f86-\U00010f89'
  '\U00011047-\U0001104d\U000110bb-\U000110c1\U000110cd\U00011140-\U00011143\U00011174\U00011175\U000111c5-\U000111c8'
  '\U000111cd\U000111db\U000111dd-\U000111df\U00011238-\U0001123d\U000112a9\U000113d4\U000113d5\U000113d7\U000113d8'
  '\U0001144b-\U0001144f\U0001145a\U0001145b\U0001145d\U000114c6\U000115c1-\U000115d7\U00011641-\U00011643'
  '\U00011660-\U0001166c\U000116b9\U0001173c-\U0001173f\U0001183b\U00011944-\U00011946\U000119e2\U00011a3f-\U00011a46'
  '\U00011a9a-\U00011a9c\U00011a9e-\U00011aa2\U00011b00-\U00011b09\U00011be1\U00011c41-\U00011c45\U00011c70\U00011c71'
  '\U00011ef7\U00011ef8\U00011f43-\U00011f4f\U00011fd5-\U00011ff1\U00011fff\U00012470-\U00012474\U00012ff1\U00012ff2'
  '\U00013430-\U0001343f\U00016a6e\U00016a6f\U00016af5\U00016b37-\U00016b3f\U00016b44\U00016b45\U00016d6d-\U00016d6f'
  '\U00016e97-\U00016e9a\U00016fe2\U0001bc9c\U0001bc9f-\U0001bca3\U0001cc00-\U0001ccef\U0001cd00-\U0001ceb3'
  '\U0001cf50-\U0001cfc3\U0001d000-\U0001d0f5\U0001d100-\U0001d126\U0001d129-\U0001d164\U0001d16a-\U0001d16c'
  '\U0001d173-\U0001d17a\U0001d183\U0001d184\U0001d18c-\U0001d1a9\U0001d1ae-\U0001d1ea\U0001d200-\U0001d241\U0001d245'
  '\U0001d300-\U0001d356\U0001d6c1\U0001d6db\U0001d6fb\U0001d715\U0001d735\U0001d74f\U0001d76f\U0001d789\U0001d7a9'
  '\U0001d7c3\U0001d800-\U0001d9ff\U0001da37-\U0001da3a\U0001da6d-\U0001da74\U0001da76-\U0001da83\U0001da85-\U0001da8b'
  '\U0001e14f\U0001e2ff\U0001e5ff\U0001e95e\U0001e95f\U0001ecac\U0001ecb0\U0001ed2e\U0001eef0\U0001eef1'
  '\U0001f000-\U0001f02b\U0001f030-\U0001f093\U0001f0a0-\U0001f0ae\U0001f0b1-\U0001f0bf\U0001f0c1-\U0001f0cf'
  '\U0001f0d1-\U0001f0f5\U0001f10d-\U0001f1ad\U0001f1e6-\U0001f202\U0001f210-\U0001f23b\U0001f240-\U0001f248'
  '\U0001f250\U0001f251\U0001f260-\U0001f265\U0001f300-\U0001f6d7\U0001f6dc-\U0001f6ec\U0001f6f0-\U0001f6fc'
  '\U0001f700-\U0001f776\U0001f77b-\U0001f7d9\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f800-\U0001f80b\U0001f810-\U0001f847'
  '\U0001f850-\U0001f859\U0001f860-\U0001f887\U0001f890-\U0001f8ad\U0001f8b0-\U0001f8bb\U0001f8c0\U0001f8c1'
  '\U0001f900-\U0001fa53\U0001fa60-\U0001fa6d\U0001fa70-\U0001fa7c\U0001fa80-\U0001fa89\U0001fa8f-\U0001fac6'
  '\U0001face-\U0001fadc\U0001fadf-\U0001fae9\U0001faf0-\U0001faf8\U0001fb00-\U0001fb92\U0001fb94-\U0001fbef\U000e0001'
  '\U000e0020-\U000e007f\U000f0000-\U000ffffd\U00100000-\U0010fffd]+',
  ' ', 'g');

-- Marks which words are compared character by character, because their script puts no spaces between words: a tilde stands
-- before each run of such characters, a space before each other word. " iphone~を買う abc"
create function search_runs(words text) returns text language sql immutable parallel safe
return rtrim(replace(replace(
  regexp_replace(
    ' ' || words,
    '[\u1100-\u11ff\u3005\u3007\u3021-\u3029\u3038-\u303b\u3131-\u318e\u3400-\u4dbf\u4e00-\ua48c\ua960-\ua97c'
  '\uac00-\ud7a3\ud7b0-\ud7c6\ud7cb-\ud7fb\uf900-\ufa6d\ufa70-\ufad9\uffa0-\uffbe\uffc2-\uffc7\uffca-\uffcf'
  '\uffd2-\uffd7\uffda-\uffdc\U00016fe0\U00016fe1\U00016fe3\U00016ff0\U00016ff1\U00017000-\U000187f7'
  '\U00018800-\U00018cd5\U00018cff-\U00018d08\U0001b170-\U0001b2fb\U00020000-\U0002a6df\U0002a700-\U0002b739'
  '\U0002b740-\U0002b81d\U0002b820-\U0002cea1\U0002ceb0-\U0002ebe0\U0002ebf0-\U0002ee5d\U0002f800-\U0002fa1d'
  '\U00030000-\U0003134a\U00031350-\U000323af'
    '\u0e01-\u0e3a\u0e40-\u0e46\u0e4d\u0e50-\u0e59\u0e81\u0e82\u0e84\u0e86-\u0e8a\u0e8c-\u0ea3\u0ea5'
  '\u0ea7-\u0eb9\u0ebb-\u0ebd\u0ec0-\u0ec4\u0ec6\u0ecd\u0ed0-\u0ed9\u0edc-\u0edf\u1000-\u1036\u1038\u103b-\u1049'
  '\u1050-\u109d\u1780-\u17b3\u17b6-\u17c8\u17d7\u17dc\u17e0-\u17e9\u17f0-\u17f9\u1950-\u196d\u1970-\u1974'
  '\u1980-\u19ab\u19b0-\u19c9\u19d0-\u19da\u1a20-\u1a5e\u1a61-\u1a74\u1a80-\u1a89\u1a90-\u1a99\u1aa7\u1b00-\u1b33'
  '\u1b35-\u1b43\u1b45-\u1b4c\u1b50-\u1b59\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff'
  '\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\ua980-\ua9b2\ua9b4-\ua9bf\ua9d0-\ua9d9\ua9e0-\ua9fe\uaa60-\uaa76'
  '\uaa7a-\uaabe\uaac0\uaac2\uaadb-\uaadd\uff66-\uff9d\U000116d0-\U000116e3\U00011700-\U0001171a\U0001171d-\U0001172a'
  '\U00011730-\U0001173b\U00011740-\U00011746\U0001aff0-\U0001aff3\U0001aff5-\U0001affb\U0001affd\U0001affe'
  '\U0001b000-\U0001b122\U0001b132\U0001b150-\U0001b152\U0001b155\U0001b164-\U0001b167]+',
    '~\& ', 'g'),
  ' ~', '~'), '  ', ' '), ' ');

-- What a search looks at of a message.
create function search_text(content text) returns text language sql immutable parallel safe
return search_runs(folded_words(content));

-- The keys by which the index finds a message, some of them twice: of each word the first letter, the first 3 and the
-- first 6; of Chinese characters and Korean syllables each one; of other runs each character and each pair. What a session
-- plans for this it keeps, which a function in SQL would do again for each message that is stored.
create function search_keys(content text) returns text[] language plpgsql immutable parallel safe set search_path from current as $$
declare
  words text := search_text(content);
  runs text := regexp_replace(words, ' [^ ~]*', '', 'g');
  keys text[] := array(
    select left(w.word, s.size)
    from string_to_table(regexp_replace(words, '~[^ ~]*', '', 'g'), ' ') w (word), (values (1), (3), (6)) s (size)
    where char_length(w.word) >= s.size);
begin
  if runs = '' then
    return keys;
  end if;
  return keys || array(
    select character
    from string_to_table(regexp_replace(runs, '[~\u0e01-\u0e3a\u0e40-\u0e46\u0e4d\u0e50-\u0e59\u0e81\u0e82\u0e84\u0e86-\u0e8a\u0e8c-\u0ea3\u0ea5'
  '\u0ea7-\u0eb9\u0ebb-\u0ebd\u0ec0-\u0ec4\u0ec6\u0ecd\u0ed0-\u0ed9\u0edc-\u0edf\u1000-\u1036\u1038\u103b-\u1049'
  '\u1050-\u109d\u1780-\u17b3\u17b6-\u17c8\u17d7\u17dc\u17e0-\u17e9\u17f0-\u17f9\u1950-\u196d\u1970-\u1974'
  '\u1980-\u19ab\u19b0-\u19c9\u19d0-\u19da\u1a20-\u1a5e\u1a61-\u1a74\u1a80-\u1a89\u1a90-\u1a99\u1aa7\u1b00-\u1b33'
  '\u1b35-\u1b43\u1b45-\u1b4c\u1b50-\u1b59\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff'
  '\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\ua980-\ua9b2\ua9b4-\ua9bf\ua9d0-\ua9d9\ua9e0-\ua9fe\uaa60-\uaa76'
  '\uaa7a-\uaabe\uaac0\uaac2\uaadb-\uaadd\uff66-\uff9d\U000116d0-\U000116e3\U00011700-\U0001171a\U0001171d-\U0001172a'
  '\U00011730-\U0001173b\U00011740-\U00011746\U0001aff0-\U0001aff3\U0001aff5-\U0001affb\U0001affd\U0001affe'
  '\U0001b000-\U0001b122\U0001b132\U0001b150-\U0001b152\U0001b155\U0001b164-\U0001b167]+', '', 'g'), null) character
    union all
    select unnest(array[l.letter, l.letter || l.next])
    from (
      select r.letter, replace(lead(r.letter, 1, '~') over (order by r.place), '~', '') as next
      from string_to_table(
        regexp_replace(runs, '[\u1100-\u11ff\u3005\u3007\u3021-\u3029\u3038-\u303b\u3131-\u318e\u3400-\u4dbf\u4e00-\ua48c\ua960-\ua97c'
  '\uac00-\ud7a3\ud7b0-\ud7c6\ud7cb-\ud7fb\uf900-\ufa6d\ufa70-\ufad9\uffa0-\uffbe\uffc2-\uffc7\uffca-\uffcf'
  '\uffd2-\uffd7\uffda-\uffdc\U00016fe0\U00016fe1\U00016fe3\U00016ff0\U00016ff1\U00017000-\U000187f7'
  '\U00018800-\U00018cd5\U00018cff-\U00018d08\U0001b170-\U0001b2fb\U00020000-\U0002a6df\U0002a700-\U0002b739'
  '\U0002b740-\U0002b81d\U0002b820-\U0002cea1\U0002ceb0-\U0002ebe0\U0002ebf0-\U0002ee5d\U0002f800-\U0002fa1d'
  '\U00030000-\U0003134a\U00031350-\U000323af]+', '~', 'g'),
        null) with ordinality r (letter, place)) l
    where l.letter <> '~');
end
$$;

-- Keys that a message has if it has what was typed. Others may have them too: has_phrases decides. A key that another one
-- begins with says nothing more.
create function query_keys(typed text) returns text[] language sql immutable parallel safe
return array(
  select s.key
  from (
    select k.key, lead(k.key) over (order by k.key collate "C") as next
    from (select distinct key from unnest(search_keys(typed)) key) k) s
  where s.next is null or not s.next ^@ s.key);

-- What was typed, as it stands in the search_text of a message that has it: a phrase for each part between separators. A
-- phrase that begins with a space is found at the beginning of a word, another one anywhere in a run.
create function query_phrases(typed text) returns text[] language sql immutable parallel safe
return array(
  select ltrim(search_runs(w.word), '~')
  from string_to_table(folded_words(typed), ' ') w (word)
  where w.word <> '');

-- Whether a message has all phrases; null without any.
create function has_phrases(content text, phrases text[]) returns boolean language sql immutable parallel safe
return (
  select bool_and(strpos(c.text, p.phrase) > 0)
  from (select search_text(content) as text offset 0) c, unnest(phrases) p (phrase));

-- How long the shortest part of a message is that has all phrases, in characters of its search_text. Starts with the first
-- place of each phrase and moves on the phrase that stands first, 32 times at most: a message that repeats the same words
-- more often may get more than its shortest part.
create function phrases_span(content text, phrases text[]) returns integer language plpgsql immutable parallel safe as $$
declare
  whole text := search_text(content);
  places integer[] := array(select strpos(whole, phrase) from unnest(phrases) phrase);
  beginning integer;
  span integer;
  shortest integer;
  foremost integer;
  onward integer;
begin
  for turn in 1..32 loop
    select min(u.place), max(u.place + char_length(u.phrase)) - min(u.place) into beginning, span
    from unnest(places, phrases) u (place, phrase);
    shortest := least(shortest, span);
    foremost := array_position(places, beginning);
    onward := strpos(substr(whole, beginning + 1), phrases[foremost]);
    exit when onward = 0;
    places[foremost] := beginning + onward;
  end loop;
  return shortest;
end
$$;

-- The index of before is replaced. Without a pending list, because a search would read all of it once for each conversation.
-- The collation is the one that compares bytes: the database's own may sort otherwise after an upgrade.
drop index messages_search;

create index messages_search
  on messages using gin (conversation_id, search_keys(content) collate "C") with (fastupdate = off)
  where kind = 'TEXT';
