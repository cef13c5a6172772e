-- A public id, as sources.identity.new_public_id makes one: 12 signs of Crockford's base 32 in lower
-- case, 60 random bits. A random UUID has 122; its seventh and ninth byte are not random throughout.
CREATE OR REPLACE FUNCTION sources_new_public_id() RETURNS text
LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    SELECT string_agg(
        substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + (get_byte(bytes, place) & 31), 1), ''
    )
    FROM uuid_send(gen_random_uuid()) AS bytes
    CROSS JOIN unnest(ARRAY[0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13]) AS place
$$;
