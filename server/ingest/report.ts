import { type Account, Accountant } from './account.ts';
import type { CheckContext } from './check.ts';
import { UnreadableFile } from './errors.ts';
import { type Examined, examine } from './examine.ts';
import type { Issue, SourceLayer } from './feature.ts';
import { sniffFormat } from './formats.ts';
import { type InferredColumn, SchemaInference } from './infer-schema.ts';
import type { Location } from './locate/location.ts';
import { keepsOut, placeRows } from './place-rows.ts';
import type { Limits, SourceFile } from './source.ts';

/** Of a layer of the file: what it holds. */
export interface LayerReport extends SourceLayer {
  readonly features: number;
  /** What the rows of a table were placed by; null where they have geometries, or nothing tells where they are. */
  readonly location: Location | null;
  /** Geometry types that occur. */
  readonly geometries: readonly string[];
  readonly columns: readonly string[] | null;
  readonly fields: readonly InferredColumn[];
}

/** The account of a file. */
export interface FileReport {
  readonly format: string;
  readonly layers: readonly LayerReport[];
  readonly account: Account;
  /** The reading ended before the file did: what came before is counted. */
  readonly isComplete: boolean;
}

export interface Hearers {
  /** Each record as it would be published, and those that are kept out. */
  readonly onRecord?: (examined: Examined) => void;
  /** Every issue, in the order of the file. */
  readonly onIssue?: (issue: Issue) => void;
}

interface OpenLayer {
  readonly layer: SourceLayer;
  readonly schema: SchemaInference;
  readonly geometries: Set<string>;
  features: number;
  location: Location | null;
}

/**
 * Reads a file to its end and accounts for every record. Holds none of them.
 * @throws UnreadableFile, LimitExceeded
 */
export async function reportOn(
  file: SourceFile,
  limits: Limits,
  context: CheckContext,
  { onRecord, onIssue }: Hearers = {},
): Promise<FileReport> {
  const format = await sniffFormat(file, limits);
  if (!format) throw new UnreadableFile(`"${file.name}" is in no format that can be read here.`);
  const accountant = new Accountant();
  const layers: OpenLayer[] = [];
  let isComplete = true;
  /** Records that a reader keeps out: each counts once, with its feature where that comes too. */
  const keptOut = new Set<number>();

  const say = (issue: Issue) => {
    accountant.note(issue);
    onIssue?.(issue);
    if (issue.index === null && issue.severity === 'error') isComplete = false;
  };
  /** Records come in order: of those before this one, no feature will come any more. */
  const settle = (before: number) => {
    for (const index of keptOut) {
      if (index >= before) continue;
      keptOut.delete(index);
      accountant.count('quarantined');
    }
  };

  for await (const reading of placeRows(format.read(file, limits), limits)) {
    const open = layers.at(-1);
    switch (reading.type) {
      case 'layer':
        layers.push({
          layer: reading.layer,
          schema: new SchemaInference(),
          geometries: new Set(),
          features: 0,
          location: null,
        });
        break;
      case 'located':
        if (open) open.location = reading.location;
        break;
      case 'issue':
        say(reading.issue);
        if (keepsOut(reading.issue)) keptOut.add(reading.issue.index as number);
        break;
      case 'lost':
        keptOut.add(reading.feature.index);
        if (open) open.features += 1;
        break;
      case 'feature': {
        const { feature } = reading;
        settle(feature.index);
        const examined = examine(feature, context);
        for (const issue of examined.issues) say(issue);
        const outcome = keptOut.delete(feature.index) ? 'quarantined' : examined.outcome;
        accountant.count(outcome);
        if (open) {
          open.features += 1;
          open.schema.add(feature.properties, feature.place);
          if (feature.geometry) open.geometries.add(feature.geometry.type);
        }
        onRecord?.({ ...examined, outcome });
      }
    }
  }
  settle(Number.POSITIVE_INFINITY);
  return {
    format: format.name,
    layers: layers.map(({ layer, schema, geometries, features, location }) => ({
      ...layer,
      features,
      location,
      geometries: [...geometries].sort(),
      fields: schema.result(),
    })),
    account: accountant.account(),
    isComplete,
  };
}
