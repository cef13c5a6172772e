-- Words as search compares them: in lower case, without accents; in Arabic without vowel signs and
-- tatweel, and with one form each of alef, ya, waw, ta marbuta and kaf.
CREATE FUNCTION timeline_fold(words text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN translate(
    unaccent(lower(words)),
    'أإآٱىئؤةکی' || E'\u0640\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u0653\u0654\u0655\u0670',
    'ااااييوهكي'
);

-- How a folded word roughly sounds: its consonants, those that spellings of one Arabic name exchange
-- as one. “Jaysh” and “Jaish”, “Alouch” and “Alloush”, “Mohammed” and “Muhammad” sound alike.
CREATE FUNCTION timeline_sound(word text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT regexp_replace(
        left(spelt, 1) || regexp_replace(substr(spelt, 2), '[aeiouywاوي]', '', 'g'), '(.)\1+', '\1', 'g'
    )
    FROM (
        SELECT regexp_replace(translate(
            replace(replace(replace(replace(replace(replace(
                word, 'ch', 'sh'), 'kh', 'k'), 'gh', 'g'), 'dh', 'd'), 'th', 't'), 'ph', 'f'),
            'qcpv', 'kkbf'
        ), '^[aeiou]+', 'a') AS spelt
    ) AS respelt
);

-- How the words of folded names sound; a word too short to tell from others has no sound.
CREATE FUNCTION timeline_sounds(folded text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(array_agg(DISTINCT timeline_sound(word)), '{}')
    FROM regexp_split_to_table(folded, '[^[:alnum:]]+') AS word
    WHERE length(word) >= 4 AND length(timeline_sound(word)) >= 3
);
