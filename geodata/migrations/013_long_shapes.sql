-- ST_MaximumInscribedCircle covers the box of a shape with squares as wide as its shorter side: of a strip a thousand
-- kilometres long and a metre wide with a million, of a narrower one with more than there is memory for.
CREATE FUNCTION azalai.is_long(shape geometry) RETURNS boolean
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT 1000 * least(ST_XMax(shape) - ST_XMin(shape), ST_YMax(shape) - ST_YMin(shape))
    < greatest(ST_XMax(shape) - ST_XMin(shape), ST_YMax(shape) - ST_YMin(shape))
$$;

-- The middle of the largest circle inside an area; in a long box, of which the circle is tiny, some point inside.
CREATE FUNCTION azalai.inscribed_center(shape geometry) RETURNS geometry
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN azalai.is_long(shape) THEN ST_PointOnSurface(shape) ELSE (ST_MaximumInscribedCircle(shape)).center END
$$;

-- As before, but of long boxes.
CREATE OR REPLACE FUNCTION azalai.label_point(shape geometry) RETURNS geometry
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  reach double precision := greatest(ST_XMax(shape) - ST_XMin(shape), ST_YMax(shape) - ST_YMin(shape)) / 12;
  plain geometry;
  circle record;
BEGIN
  IF NOT azalai.is_long(shape) THEN
    IF ST_NPoints(shape) > 100 THEN
      plain := ST_Simplify(shape, reach);
      IF NOT ST_IsEmpty(plain) AND ST_IsValid(plain) AND NOT azalai.is_long(plain) THEN
        circle := ST_MaximumInscribedCircle(plain);
        -- A hole that the simpler outline has lost may be there.
        IF circle.radius > reach AND ST_Intersects(circle.center, shape) THEN RETURN circle.center; END IF;
      END IF;
    END IF;
    IF ST_IsValid(shape) THEN RETURN (ST_MaximumInscribedCircle(shape)).center; END IF;
  END IF;
  RETURN ST_PointOnSurface(ST_MakeValid(shape));
END $$;
