import { z } from 'zod';
import { BriefDraftSchema } from '../../core/brief.ts';
import { ChangeSetSchema, PatchSchema, WholeSchema } from '../../core/correction.ts';
import { MappingSchema } from '../../core/mapping.ts';
import { MATCHES } from '../../core/name-index.ts';
import { SettingsSchema } from '../../core/settings.ts';
import { ViewDraftSchema } from '../../core/view.ts';
import { ENTRY_KINDS, WatchChangesSchema, WatchSchema } from '../../core/watch.ts';
import { ExecuteSchema } from '../processes/execute-request.ts';

/**
 * What answers look like, as far as a client needs it; further members may come. `openapi.test.ts` reads real answers by
 * these.
 */
const Link = z.looseObject({
  href: z.string(),
  rel: z.string(),
  type: z.string().optional(),
  title: z.string().optional(),
  templated: z.boolean().optional(),
});
const Links = z.array(Link);

const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z
      .array(
        z.looseObject({
          detail: z.string(),
          parameter: z.string().optional(),
          pointer: z.string().optional(),
          position: z.int().optional(),
        }),
      )
      .optional(),
    code: z.string().optional(),
    description: z.string().optional(),
    requestId: z.string().optional(),
  })
  .describe('RFC 9457, with the code and description of OGC API.');

const Landing = z.looseObject({ title: z.string(), description: z.string(), links: Links });
const Conformance = z.looseObject({ conformsTo: z.array(z.string()), links: Links });

const Collection = z.looseObject({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  extent: z.looseObject({
    spatial: z.looseObject({ bbox: z.array(z.array(z.number())), crs: z.string() }).optional(),
    temporal: z.looseObject({ interval: z.array(z.array(z.string().nullable())) }).optional(),
  }),
  itemType: z.literal('feature'),
  crs: z.array(z.string()),
  links: Links,
});
const Collections = z.looseObject({ links: Links, collections: z.array(Collection) });

const Geometry = z
  .looseObject({ type: z.string() })
  .nullable()
  .describe('A geometry of RFC 7946: longitude, latitude in degrees.');
const Feature = z.looseObject({
  type: z.literal('Feature'),
  id: z.int(),
  geometry: Geometry,
  properties: z.record(z.string(), z.unknown()),
  links: Links.optional(),
});
const FeatureCollection = z.looseObject({
  type: z.literal('FeatureCollection'),
  features: z.array(Feature),
  links: Links,
  timeStamp: z.string(),
  numberMatched: z.int().optional().describe('How many there are in all; absent where counting would cost too much.'),
  numberReturned: z.int(),
});
const SearchHits = z.looseObject({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.looseObject({
      type: z.literal('Feature'),
      id: z.string(),
      geometry: Geometry,
      properties: z.looseObject({
        name: z.string(),
        match: z.enum(MATCHES).describe('How it was found, the best first.'),
        collection: z.string(),
        item: z.int().describe('Number of the record, or of the first of several that have the name at the place.'),
        count: z.int(),
        within: z.array(z.string()).describe('Areas in which it lies, the smallest first.'),
      }),
    }),
  ),
  numberReturned: z.int(),
  notSearched: z.array(z.string()).optional().describe('Collections whose names could not be read in time.'),
});
const JsonSchema = z.looseObject({
  $schema: z.string(),
  $id: z.string(),
  type: z.literal('object'),
  properties: z.record(z.string(), z.unknown()),
});

const TileMatrixSets = z.looseObject({
  tileMatrixSets: z.array(z.looseObject({ id: z.string(), title: z.string(), uri: z.string(), links: Links })),
  links: Links,
});
const TileMatrixSet = z.looseObject({
  id: z.string(),
  uri: z.string(),
  crs: z.string(),
  tileMatrices: z.array(
    z.looseObject({
      id: z.string(),
      scaleDenominator: z.number(),
      cellSize: z.number(),
      pointOfOrigin: z.array(z.number()),
      tileWidth: z.int(),
      tileHeight: z.int(),
      matrixWidth: z.int(),
      matrixHeight: z.int(),
    }),
  ),
});
const tilesetHead = {
  title: z.string(),
  dataType: z.literal('vector'),
  crs: z.string(),
  tileMatrixSetURI: z.string(),
  links: Links,
};
const Tilesets = z.looseObject({ tilesets: z.array(z.looseObject(tilesetHead)), links: Links });
const Tileset = z.looseObject({
  ...tilesetHead,
  layers: z.array(z.looseObject({ id: z.string(), dataType: z.literal('vector'), geometryDimension: z.int() })),
});
const TileJson = z.looseObject({
  tilejson: z.literal('3.0.0'),
  tiles: z.array(z.string()),
  vector_layers: z.array(z.looseObject({ id: z.string(), fields: z.record(z.string(), z.string()) })),
  minzoom: z.int(),
  maxzoom: z.int(),
  bounds: z.array(z.number()),
});

const HexCounts = z.looseObject({
  collection: z.string(),
  nature: z.string(),
  resolution: z.int(),
  total: z.int(),
  cells: z.array(z.looseObject({ cell: z.string(), count: z.int() })),
});

const Versions = z.looseObject({
  collection: z.string(),
  versions: z.array(z.looseObject({ generation: z.int(), count: z.int(), isServed: z.boolean(), isKept: z.boolean() })),
  links: Links,
});
const VersionDiff = z.looseObject({
  collection: z.string(),
  from: z.int(),
  to: z.int(),
  records: z.array(z.looseObject({ recordId: z.string(), change: z.string() })),
});
const Restoration = z.looseObject({
  id: z.string(),
  state: z.enum(['restoring', 'restored', 'failed']),
  restored: z.looseObject({ generation: z.int(), count: z.int() }).nullable(),
});

const FieldChange = z.looseObject({ field: z.string(), before: z.unknown(), after: z.unknown() });
const Change = z.enum(['added', 'changed', 'withdrawn']);
const Corrected = z.looseObject({
  collection: z.string(),
  from: z.int().describe('The version that was corrected.'),
  generation: z.int().describe('The one that came of it: the same where nothing was changed.'),
  records: z.array(
    z.looseObject({
      ...{ id: z.int(), recordId: z.string(), change: Change, differs: z.array(FieldChange) },
      tag: z.string().nullable().describe('What its ETag begins with.'),
    }),
  ),
});
const RecordHistory = z.looseObject({
  ...{ collection: z.string(), id: z.int(), recordId: z.string().nullable(), isServed: z.boolean(), since: z.int() },
  entries: z.array(
    z.looseObject({
      ...{ generation: z.int(), from: z.int().nullable(), at: z.string(), origin: z.string(), change: Change },
      ...{ changes: z.array(FieldChange), reason: z.string().nullable(), author: z.string().nullable() },
    }),
  ),
  links: Links,
});

const ProcessSummary = z.looseObject({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.string(),
  jobControlOptions: z.array(z.enum(['sync-execute', 'async-execute', 'dismiss'])),
  outputTransmission: z.array(z.literal('value')),
  links: Links,
});
const ProcessList = z.looseObject({ processes: z.array(ProcessSummary), links: Links });
const Described = z.record(z.string(), z.looseObject({ title: z.string(), schema: z.looseObject({}) }));
const ProcessDescription = z.looseObject({ ...ProcessSummary.shape, inputs: Described, outputs: Described });
const StatusInfo = z.looseObject({
  processID: z.string(),
  type: z.literal('process'),
  jobID: z.string(),
  status: z.enum(['accepted', 'running', 'successful', 'failed', 'dismissed']),
  message: z.string(),
  progress: z.int().min(0).max(100),
  created: z.string(),
  updated: z.string(),
  links: Links,
});
const JobList = z.looseObject({ jobs: z.array(StatusInfo), links: Links });
const InBoth = z.looseObject({ en: z.string(), fr: z.string() });
const Result = z.looseObject({
  process: z.string(),
  title: InBoth,
  text: InBoth,
  caveats: z.array(z.looseObject({ code: z.string(), text: InBoth })),
  numbers: z.looseObject({}),
  units: z.record(z.string(), z.string()),
  features: z.record(z.string(), z.looseObject({ type: z.literal('FeatureCollection') })),
  receipt: z.looseObject({ process: z.string(), inputs: z.looseObject({}), software: z.string(), hash: z.string() }),
});

const Upload = z.looseObject({ id: z.string(), name: z.string(), state: z.string() });
const Uploads = z.looseObject({ uploads: z.array(Upload), limits: z.looseObject({ maxBytes: z.int() }) });
const UploadIssues = z.looseObject({ issues: z.array(z.looseObject({ code: z.string() })), next: z.int().nullable() });

const hashed = { address: z.string(), layers: z.record(z.string(), z.int()), storedAt: z.string(), hash: z.string() };
const StoredView = z.looseObject({ id: z.string(), ...hashed });
const OpenedView = z.looseObject({
  ...StoredView.shape,
  changed: z
    .array(
      z.looseObject({
        ...{ collection: z.string(), title: InBoth, from: z.int(), isKept: z.boolean() },
        to: z.int().nullable().describe('The version in service; null: the layer is gone.'),
        counts: z
          .looseObject({ added: z.int(), changed: z.int(), removed: z.int() })
          .nullable()
          .describe('Records that the caller may see; null where they cannot be counted.'),
      }),
    )
    .describe('Layers that are in service otherwise than the view shows them.'),
});
const briefHead = {
  ...{ id: z.string(), version: z.int(), title: z.string(), language: z.enum(['en', 'fr']) },
  ...{ handling: z.enum(['public', 'internal']), createdAt: z.string(), updatedAt: z.string() },
};
const Brief = z.looseObject({
  ...briefHead,
  views: z.array(z.looseObject({ title: z.string(), note: z.string(), view: z.looseObject(hashed) })),
});
const Briefs = z.looseObject({ briefs: z.array(z.looseObject({ ...briefHead, views: z.int() })), links: Links });
const BriefVersions = z.looseObject({
  id: z.string(),
  versions: z.array(z.looseObject({ version: z.int(), title: z.string(), views: z.int(), updatedAt: z.string() })),
});

const Watch = z.looseObject({
  ...{ id: z.string(), title: z.string(), process: z.string(), inputs: z.looseObject({}), createdAt: z.string() },
  ...{ answeredAt: z.string().nullable(), text: InBoth.nullable(), failing: z.looseObject({}).nullable() },
});
const Watches = z.looseObject({ watches: z.array(Watch), links: Links });
const Digest = z.looseObject({
  entries: z.array(
    z.looseObject({
      ...{ id: z.string(), watch: z.string(), title: z.string(), at: z.string(), kind: z.enum(ENTRY_KINDS) },
      content: z
        .looseObject({ summary: InBoth, figures: z.array(z.looseObject({})), records: z.array(z.looseObject({})) })
        .nullable()
        .describe('Null: taken back, since records that it told of are withheld by now.'),
    }),
  ),
  links: Links,
});
const FeedAddress = z.looseObject({ href: z.string(), renewedAt: z.string() });

/** A style document, which has a specification of its own, and other JSON that a client reads elsewhere. */
const Document = z.looseObject({});
const Health = z.looseObject({ status: z.literal('ok') });

export const ANSWERS = {
  ...{
    Link,
    Problem,
    Landing,
    Conformance,
    Collection,
    Collections,
    Feature,
    FeatureCollection,
    SearchHits,
    JsonSchema,
  },
  ...{ TileMatrixSets, TileMatrixSet, Tilesets, Tileset, TileJson, HexCounts, Versions, VersionDiff, Restoration },
  ...{ Corrected, RecordHistory, StoredView, OpenedView, Brief, Briefs, BriefVersions },
  ...{ Watch, Watches, Digest, FeedAddress },
  ...{ ProcessList, ProcessDescription, StatusInfo, JobList, Result, Upload, Uploads, UploadIssues, Document, Health },
} as const satisfies Readonly<Record<string, z.ZodType>>;
export type AnswerName = keyof typeof ANSWERS;

/** Bodies of requests. What a person changes of a mapping is some of its members. */
export const BODIES = {
  Execute: ExecuteSchema,
  MappingChanges: MappingSchema.partial(),
  ChangeSet: ChangeSetSchema,
  Settings: SettingsSchema,
  RecordToSend: WholeSchema,
  RecordChanges: PatchSchema,
  ViewToStore: ViewDraftSchema,
  BriefToSend: BriefDraftSchema,
  WatchToSend: WatchSchema,
  WatchChanges: WatchChangesSchema,
} as const satisfies Readonly<Record<string, z.ZodType>>;
export type BodyName = keyof typeof BODIES;
