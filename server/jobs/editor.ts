import type { ChangeSet } from '../core/correction.ts';
import type { TileBudget } from '../core/prepared.ts';
import type { Settings } from '../core/settings.ts';
import type { Transaction } from '../query/sql.ts';
import { type ChangedSettings, changeSettings } from './change-settings.ts';
import { type Corrected, correctRecords } from './correct-records.ts';

export interface EditorOptions {
  readonly budget?: TileBudget;
  /** How many versions of a layer keep their records. */
  readonly versionsKept?: number;
}

/** What a person changes of a layer that is there, one transaction each; see what each function throws. */
export interface Editor {
  /** Given up, and all of it undone, when the signal aborts: else who asks again would add twice. */
  correct(layer: string, changeSet: ChangeSet, signal?: AbortSignal): Promise<Corrected>;
  /** `ifMatch`: see `changeSettings`. */
  set(layer: string, settings: Settings, ifMatch?: string): Promise<ChangedSettings>;
}

export function openEditor(transaction: Transaction, options: EditorOptions = {}): Editor {
  return {
    correct: (layer, changeSet, signal) =>
      correctRecords((work) => transaction(work, signal), layer, changeSet, options),
    set: (layer, settings, ifMatch) => changeSettings(transaction, layer, settings, { ...options, ifMatch }),
  };
}
