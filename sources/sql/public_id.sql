-- A public id, as sources.identity.new_public_id makes one: 12 signs of Crockford's base 32 in lower
-- case, 60 random bits. They need not be hard to guess, only not given twice: what a record's id opens
-- is for its status to say.
-- Sign by sign, because an import asks for tens of thousands: an aggregate over them takes twice as long.
CREATE OR REPLACE FUNCTION sources_new_public_id() RETURNS text
LANGUAGE plpgsql VOLATILE PARALLEL RESTRICTED AS $$
DECLARE
    signs constant text := '0123456789abcdefghjkmnpqrstvwxyz';
    bits constant bigint := random(0, 1152921504606846975);
BEGIN
    RETURN substr(signs, 1 + (bits & 31)::integer, 1)
        || substr(signs, 1 + (bits >> 5 & 31)::integer, 1)
        || substr(signs, 1 + (bits >> 10 & 31)::integer, 1)
        || substr(signs, 1 + (bits >> 15 & 31)::integer, 1)
        || substr(signs, 1 + (bits >> 20 & 31)::integer, 1)
        || substr(signs, 1 + (bits >> 25 & 31)::integer, 1)
        || substr(signs, 1 + (bits >> 30 & 31)::integer, 1)
        || substr(signs, 1 + (bits >> 35 & 31)::integer, 1)
        || substr(signs, 1 + (bits >> 40 & 31)::integer, 1)
        || substr(signs, 1 + (bits >> 45 & 31)::integer, 1)
        || substr(signs, 1 + (bits >> 50 & 31)::integer, 1)
        || substr(signs, 1 + (bits >> 55 & 31)::integer, 1);
END
$$;
