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
  correct(layer: string, changeSet: ChangeSet): Promise<Corrected>;
  set(layer: string, settings: Settings): Promise<ChangedSettings>;
}

export function openEditor(transaction: Transaction, options: EditorOptions = {}): Editor {
  return {
    correct: (layer, changeSet) => correctRecords(transaction, layer, changeSet, options),
    set: (layer, settings) => changeSettings(transaction, layer, settings, options),
  };
}
