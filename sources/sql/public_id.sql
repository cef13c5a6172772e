-- A public id, as sources.identity.new_public_id makes one: 12 signs of Crockford's base 32 in lower
-- case, 60 random bits. A random UUID has 122; its seventh and ninth byte are not random throughout.
-- Sign by sign, because an import asks for tens of thousands: an aggregate over them takes twice as long.
CREATE OR REPLACE FUNCTION sources_new_public_id() RETURNS text
LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
DECLARE
    signs constant text := '0123456789abcdefghjkmnpqrstvwxyz';
    bytes constant bytea := uuid_send(gen_random_uuid());
BEGIN
    RETURN substr(signs, 1 + (get_byte(bytes, 0) & 31), 1)
        || substr(signs, 1 + (get_byte(bytes, 1) & 31), 1)
        || substr(signs, 1 + (get_byte(bytes, 2) & 31), 1)
        || substr(signs, 1 + (get_byte(bytes, 3) & 31), 1)
        || substr(signs, 1 + (get_byte(bytes, 4) & 31), 1)
        || substr(signs, 1 + (get_byte(bytes, 5) & 31), 1)
        || substr(signs, 1 + (get_byte(bytes, 7) & 31), 1)
        || substr(signs, 1 + (get_byte(bytes, 9) & 31), 1)
        || substr(signs, 1 + (get_byte(bytes, 10) & 31), 1)
        || substr(signs, 1 + (get_byte(bytes, 11) & 31), 1)
        || substr(signs, 1 + (get_byte(bytes, 12) & 31), 1)
        || substr(signs, 1 + (get_byte(bytes, 13) & 31), 1);
END
$$;
