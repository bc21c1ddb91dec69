import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { TILE_BUDGET } from './core/prepared.ts';
import { LIMITS, type Limits } from './ingest/source.ts';
import type { UploadLimits } from './jobs/uploads/upload-folder.ts';

const url = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, error: `must be a URL such as ${example}` });

const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: `must be a whole number, ${min} to ${max}` })
    .int(`must be a whole number, ${min} to ${max}`)
    .min(min, `must be ${min} to ${max}`)
    .max(max, `must be ${min} to ${max}`);

/** The environment, each variable with its default. Empty means unset, as docker compose passes it. */
export const ConfigSchema = z.object({
  PORT: z.coerce
    .number({ error: 'must be a port number, 0 to 65535' })
    .int('must be a whole number')
    .min(0, 'must be 0 to 65535')
    .max(65535, 'must be 0 to 65535')
    .default(8080),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name or an address such as 127.0.0.1')
    .default('127.0.0.1'),
  /** PostgreSQL 15+ with PostGIS 3.3+. Unset: a private cluster in DATA_DIR. */
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgres://user:password@host:5432/azalai').optional(),
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((folder) => path.resolve(folder)),
  /** Processes that share the port. 1: none is forked. */
  WORKERS: wholeNumber(1, 64).default(() => Math.min(availableParallelism(), 64)),
  /** Memory for tiles in each process, in MB; 0: none is kept. */
  CACHE_MB: wholeNumber(0, 16_384).default(64),
  /** Room in DATA_DIR for files of stored tiles, in MB; what finds none comes from the database. */
  TILES_MB: wholeNumber(0, 1_000_000).default(4096),
  /** Room in DATA_DIR for archives of tiles that were asked for, in MB; 0: none is made for a request. */
  EXPORTS_MB: wholeNumber(0, 1_000_000).default(1024),
  /** What administers the server: needed to bring files and to publish them. Unset: one is made at the first start. */
  ADMIN_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, 'must be 16 to 200 letters, digits and signs without spaces')
    .optional(),
  /** One file that is brought, in MB as it is sent, and all that are kept in DATA_DIR together. */
  UPLOAD_MB: wholeNumber(1, 1_000_000).default(2000),
  UPLOADS_MB: wholeNumber(1, 10_000_000).default(20_000),
  /** What a file may hold; `Limits` in ingest/source.ts says what each means. */
  UPLOAD_UNPACKED_MB: wholeNumber(1, 1_000_000).default(LIMITS.unpackedBytes / 1_000_000),
  UPLOAD_PACK_RATIO: wholeNumber(1, 100_000).default(LIMITS.packRatio),
  UPLOAD_FEATURES: wholeNumber(1, 1_000_000_000).default(LIMITS.features),
  UPLOAD_VERTICES: wholeNumber(1, 1_000_000_000).default(LIMITS.vertices),
  UPLOAD_DEPTH: wholeNumber(1, 1000).default(LIMITS.depth),
  UPLOAD_RECORD_MB: wholeNumber(1, 512).default(LIMITS.recordBytes / 1_000_000),
  /** Versions of a layer whose records are kept, the one in service among them. */
  VERSIONS_KEEP: wholeNumber(1, 10_000).default(20),
  /** How long questions that were come back for are kept, and their answers, in days. */
  ANALYSIS_KEEP_DAYS: wholeNumber(1, 365).default(7),
  /** Views that are stored under a short id: how many, and their room in the database, in MB. */
  VIEWS_KEEP: wholeNumber(1, 10_000_000).default(100_000),
  VIEWS_MB: wholeNumber(1, 1_000_000).default(512),
  /** Briefs that there may be, and versions of each that are kept. */
  BRIEFS_MAX: wholeNumber(1, 1_000_000).default(1000),
  BRIEF_VERSIONS_KEEP: wholeNumber(1, 10_000).default(50),
  /** The browser that draws pages for paper. Unset: the one that is in the path, if there is one. */
  CHROMIUM: z.string().min(1).optional(),
  /** How long a PDF may take, in seconds; one is drawn at a time in each process. */
  PDF_SECONDS: wholeNumber(10, 3600).default(300),
  /** A tile with more records or bytes than this makes its layer show hexagons at that zoom. */
  TILE_RECORDS: wholeNumber(1, 1_000_000).default(TILE_BUDGET.records),
  TILE_BYTES: wholeNumber(1000, 100_000_000).default(TILE_BUDGET.bytes),
  /** Whether browsers keep the page and what it showed. Switched off, they forget it at their next visit. */
  SERVICE_WORKER: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  /** The address at which people reach the server, when a proxy stands before it. Unset: as each request names it. */
  PUBLIC_URL: url(/^https?$/, 'https://map.example.org')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
});
export type Config = z.infer<typeof ConfigSchema>;

/** Where the files that are brought lie. */
export function uploadsFolder(config: Config): string {
  return path.join(config.DATA_DIR, 'uploads');
}

/** How large they may be. */
export function uploadLimits(config: Config): UploadLimits {
  return { maxBytes: config.UPLOAD_MB * 1_000_000, maxAllBytes: config.UPLOADS_MB * 1_000_000 };
}

/** What a file that is brought may hold. */
export function importLimits(config: Config): Limits {
  return {
    unpackedBytes: config.UPLOAD_UNPACKED_MB * 1_000_000,
    packRatio: config.UPLOAD_PACK_RATIO,
    features: config.UPLOAD_FEATURES,
    vertices: config.UPLOAD_VERTICES,
    depth: config.UPLOAD_DEPTH,
    recordBytes: config.UPLOAD_RECORD_MB * 1_000_000,
  };
}

/** A variable has a wrong value; the message names it and what would be right. */
export class InvalidConfig extends Error {}

/** @throws InvalidConfig */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = ConfigSchema.safeParse(set);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    // A connection string holds a password: it is not repeated, nor is a token.
    const value = name === 'DATABASE_URL' || name === 'ADMIN_TOKEN' ? '' : ` It is "${set[name]}".`;
    return `The environment variable ${name} ${issue.message}.${value}`;
  });
  throw new InvalidConfig(sentences.join(' '));
}
