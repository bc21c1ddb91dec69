-- A layer that is removed is kept from those too who see all: what was made of it is taken back from everybody.
ALTER TABLE azalai.withholding DROP CONSTRAINT withholding_audience_check,
  ADD CHECK (audience IN ('public', 'internal', 'restricted'));
