-- The pieces of one record, joined so that no seam is drawn between them.
--
-- A grid of a centimetre: without one GEOS fails on some pieces, and even with it on some that touch one another in many
-- points (TopologyException, GEOS 3.11.1). A record that is drawn with a seam is better than a layer that cannot be published.
CREATE FUNCTION azalai.join_pieces(pieces geometry) RETURNS geometry LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  RETURN ST_UnaryUnion(pieces, 0.01);
EXCEPTION WHEN internal_error THEN
  RETURN ST_CollectionExtract(pieces, 3);
END $$;
