-- How an upload is begun, and by whom.

ALTER TABLE azalai.upload
  -- How often it was begun to read, check or publish it since a person last asked for it: what ends a process or
  -- PostgreSQL each time is given up after a few times; see server/jobs/import/attempts.ts.
  ADD COLUMN attempts integer NOT NULL DEFAULT 0,
  -- Brought by the command, whose process reads the file where it lies: when that has ended, nobody can go on with it.
  ADD COLUMN by_command boolean NOT NULL DEFAULT false;
