-- What may run in several processes of PostgreSQL at once. None that catches errors: a parallel operation can begin no
-- subtransaction, in whichever process (before PostgreSQL 17), so that a plan with one of these must not be parallel.
ALTER FUNCTION azalai.to_wgs84(geometry, integer) PARALLEL UNSAFE;
ALTER FUNCTION azalai.to_wgs84(geometry, text) PARALLEL UNSAFE;

-- The character that two or three of Windows-1252 stand for when they are read as UTF-8; NULL when they stand for none.
-- What Windows-1252 has between 0x80 and 0x9F stands in its order. Five bytes it has not: read by a browser, or as
-- ISO 8859-1, they are the control characters of these numbers.
CREATE FUNCTION azalai.from_windows_1252(suspect text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (
    SELECT CASE
      WHEN count(*) = 2 AND min(byte) FILTER (WHERE n = 1) BETWEEN 194 AND 223 AND min(byte) FILTER (WHERE n > 1) >= 128
        AND max(byte) FILTER (WHERE n > 1) <= 191
      THEN chr(sum(CASE n WHEN 1 THEN (byte - 192) * 64 ELSE byte - 128 END)::integer)
      WHEN count(*) = 3 AND min(byte) FILTER (WHERE n = 1) BETWEEN 225 AND 236 AND min(byte) FILTER (WHERE n > 1) >= 128
        AND max(byte) FILTER (WHERE n > 1) <= 191
      THEN chr(sum(CASE n WHEN 1 THEN (byte - 224) * 4096 WHEN 2 THEN (byte - 128) * 64 ELSE byte - 128 END)::integer)
    END
    FROM (
      SELECT n, CASE
          WHEN ascii(sign) BETWEEN 160 AND 255 OR ascii(sign) IN (129, 141, 143, 144, 157) THEN ascii(sign)
          ELSE nullif(strpos(U&'\20AC \201A\0192\201E\2026\2020\2021\02C6\2030\0160\2039\0152 \017D  \2018\2019\201C\201D\2022\2013\2014\02DC\2122\0161\203A\0153 \017E\0178', sign), 0) + 127
        END AS byte
      FROM generate_series(1, length(suspect)) AS place (n), LATERAL (SELECT substr(suspect, n, 1)) AS signs (sign)
    ) AS bytes
    HAVING bool_and(byte IS NOT NULL)
  );

-- As before (005_checks.sql), without catching errors.
CREATE OR REPLACE FUNCTION azalai.from_mojibake(value text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  mended text := value;
  suspect text;
  original text;
  size integer;
BEGIN
  FOR suspect IN
    SELECT DISTINCT hit.texts[1] FROM regexp_matches(value, '[Â-ôŸ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}', 'g') AS hit (texts)
  LOOP
    FOR size IN REVERSE length(suspect)..2 LOOP
      original := azalai.from_windows_1252(left(suspect, size));
      IF original ~ '^[\u00a0-\u024f\u0600-\u06ff\u2010-\u20cf\u2122]$' THEN
        mended := replace(mended, left(suspect, size), original);
        EXIT;
      END IF;
    END LOOP;
  END LOOP;
  RETURN nullif(mended, value);
END $$;

-- True. Volatile, so that a subquery with a call of it is not merged with the query around it; written in SQL, so that the call
-- is gone when the query runs.
CREATE FUNCTION azalai.apart() RETURNS boolean LANGUAGE sql VOLATILE PARALLEL SAFE RETURN TRUE;

-- Where the name of an area stands: about the middle of the largest circle inside. Of an outline with many vertices, that of
-- a simpler one, no part of which lies further from it than `reach`: a point deeper inside the one is inside the other.
CREATE FUNCTION azalai.label_point(shape geometry) RETURNS geometry
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  reach double precision := greatest(ST_XMax(shape) - ST_XMin(shape), ST_YMax(shape) - ST_YMin(shape)) / 12;
  plain geometry;
  circle record;
BEGIN
  IF ST_NPoints(shape) > 100 THEN
    plain := ST_Simplify(shape, reach);
    IF NOT ST_IsEmpty(plain) AND ST_IsValid(plain) THEN
      circle := ST_MaximumInscribedCircle(plain);
      -- A hole that the simpler outline has lost may be there.
      IF circle.radius > reach AND ST_Intersects(circle.center, shape) THEN RETURN circle.center; END IF;
    END IF;
  END IF;
  IF ST_IsValid(shape) THEN RETURN (ST_MaximumInscribedCircle(shape)).center; END IF;
  RETURN ST_PointOnSurface(ST_MakeValid(shape));
END $$;
