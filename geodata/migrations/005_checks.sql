-- What the checks of uploaded records ask of single values. None of these raises an error, whatever it is given.

-- A geometry in longitude and latitude (EPSG:4326); NULL where it lies outside the area of its reference system.
CREATE FUNCTION azalai.to_wgs84(shape geometry, srid integer) RETURNS geometry
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL RESTRICTED AS $$
BEGIN
  RETURN ST_Transform(ST_SetSRID(shape, srid), 4326);
EXCEPTION WHEN others THEN
  RETURN NULL;
END $$;

-- The same of a reference system given as text (WKT as in .prj files, or a PROJ string).
CREATE FUNCTION azalai.to_wgs84(shape geometry, system text) RETURNS geometry
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL RESTRICTED AS $$
BEGIN
  RETURN ST_SetSRID(ST_Transform(shape, system, 4326), 4326);
EXCEPTION WHEN others THEN
  RETURN NULL;
END $$;

-- Months by their first letters, English and French, as server/ingest/infer-schema/parse-date.ts has them; 0: none.
CREATE FUNCTION azalai.month_number(word text) RETURNS integer
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN CASE
    WHEN starts_with(lower(word), 'juin') THEN 6
    WHEN starts_with(lower(word), 'juil') THEN 7
    ELSE (greatest(0, position(translate(left(lower(word), 3), 'éû', 'eu') IN 'jan feb mar apr may jun jul aug sep oct nov dec') + 3) / 4)
      + CASE translate(left(lower(word), 3), 'éû', 'eu') WHEN 'fev' THEN 2 WHEN 'avr' THEN 4 WHEN 'mai' THEN 5 WHEN 'aou' THEN 8 ELSE 0 END
  END;

-- The first day of what a text says: a day, a month (2020-03, 03/2020) or a year; NULL when it is none of these.
-- Of 03/04/2020 the order decides; where only the other order makes a day, that one is taken.
CREATE FUNCTION azalai.read_day(value text, day_first boolean) RETURNS date
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  part text[];
  year integer;
  month integer;
  day integer;
  swapped integer;
BEGIN
  IF length(value) > 64 THEN RETURN NULL; END IF;
  part := regexp_match(value, '^(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2})(?:[T ].*)?)?)?$');
  IF part IS NOT NULL THEN
    year := part[1]; month := coalesce(part[3], '1'); day := coalesce(part[4], '1');
  ELSE
    part := regexp_match(value, '^(?:(\d{1,2})([-/.]))?(\d{1,2})[-/.](\d{4})(?:[T ].*)?$');
    IF part IS NOT NULL THEN
      year := part[4];
      IF part[1] IS NULL THEN
        month := part[3]; day := 1;
      ELSE
        IF day_first THEN day := part[1]; month := part[3]; ELSE day := part[3]; month := part[1]; END IF;
        IF month > 12 AND day <= 12 THEN swapped := day; day := month; month := swapped; END IF;
      END IF;
    ELSE
      part := regexp_match(value, '^(\d{1,2})(?:er|st|nd|rd|th)?[ -](\w{3,9})\.?,?[ -](\d{4})$');
      IF part IS NOT NULL THEN
        day := part[1]; month := azalai.month_number(part[2]); year := part[3];
      ELSE
        part := regexp_match(value, '^(\d{4})(\d{2})(\d{2})$');
        IF part IS NULL THEN RETURN NULL; END IF;
        year := part[1]; month := part[2]; day := part[3];
      END IF;
    END IF;
  END IF;
  IF year < 1 OR month NOT BETWEEN 1 AND 12 OR day < 1 THEN RETURN NULL; END IF;
  IF day > extract(day FROM make_date(year, month, 1) + interval '1 month - 1 day') THEN RETURN NULL; END IF;
  RETURN make_date(year, month, day);
END $$;

-- The instant that a text says; a day alone is its beginning, and a time without zone is UTC.
CREATE FUNCTION azalai.read_instant(value text, day_first boolean) RETURNS timestamptz
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  day date := azalai.read_day(value, day_first);
  part text[];
  instant timestamptz;
BEGIN
  IF day IS NULL THEN RETURN NULL; END IF;
  instant := day::timestamp AT TIME ZONE 'UTC';
  part := regexp_match(value, '[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d{1,6})?))?\s*(?:Z|UTC|([+-])(\d{2}):?(\d{2})?)?$');
  IF part IS NULL THEN RETURN CASE WHEN value ~ '[T ]\s*\d+:' THEN NULL ELSE instant END; END IF;
  IF part[1]::integer > 23 OR part[2]::integer > 59 OR coalesce(part[5]::integer, 0) > 14 THEN RETURN NULL; END IF;
  instant := instant + make_interval(hours => part[1]::integer, mins => part[2]::integer,
    secs => least(replace(coalesce(part[3], '0'), ',', '.')::double precision, 60));
  IF part[4] IS NULL THEN RETURN instant; END IF;
  RETURN instant - (part[4] || '1')::integer * make_interval(hours => part[5]::integer, mins => coalesce(part[6], '0')::integer);
END $$;

-- Text that was UTF-8, was read as Windows-1252 and written again, as it was before; NULL when nothing looks like that.
-- As server/ingest/text/mojibake.ts has it.
CREATE FUNCTION azalai.from_mojibake(value text) RETURNS text
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
      BEGIN
        original := convert_from(convert_to(left(suspect, size), 'WIN1252'), 'UTF8');
        IF original ~ '^[\u00a0-\u024f\u0600-\u06ff\u2010-\u20cf\u2122]$' THEN
          mended := replace(mended, left(suspect, size), original);
          EXIT;
        END IF;
      EXCEPTION WHEN others THEN
        -- A shorter run of the same characters may still be one.
      END;
    END LOOP;
  END LOOP;
  RETURN nullif(mended, value);
END $$;

-- A name as it is compared: lower case, no accents, letters and digits only.
CREATE FUNCTION azalai.fold_name(value text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN regexp_replace(regexp_replace(normalize(lower(value), NFD), '[\u0300-\u036f]', '', 'g'), '[^[:alnum:]]+', '', 'g');
