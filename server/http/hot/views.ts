import type { Catalogue } from '../../core/catalogue.ts';
import type { Access } from '../../query/filter.ts';
import { isPublic } from '../access.ts';
import type { TileAddress } from './address.ts';
import { toView, type View } from './view.ts';

/** As many as are remembered, and as long as an address may be to be remembered: some megabytes at worst. */
const MAX_VIEWS = 2_000;
const MAX_LENGTH = 1_000;

/** Remembers what addresses stand for, so that the parameters of a map that is moved are read once. */
export class Views {
  readonly #appVersion: string;
  readonly #views = new Map<string, View>();
  #catalogue: Catalogue | undefined;

  constructor(appVersion: string) {
    this.#appVersion = appVersion;
  }

  /** True when another catalogue has come: what was derived from the one before is forgotten. */
  follow(catalogue: Catalogue): boolean {
    if (catalogue === this.#catalogue) return false;
    this.#catalogue = catalogue;
    this.#views.clear();
    return true;
  }

  /** Of the catalogue followed. @throws LayerNotFound, InvalidParameter, InvalidFilter */
  get(catalogue: Catalogue, address: TileAddress, access: Access): View {
    const key = keyOf(address, access);
    const known = this.#views.get(key);
    if (known) return known;
    const view = toView(catalogue, address, access, this.#appVersion);
    if (key.length <= MAX_LENGTH && catalogue === this.#catalogue) {
      if (this.#views.size >= MAX_VIEWS) this.#views.clear();
      this.#views.set(key, view);
    }
    return view;
  }

  find(address: TileAddress, access: Access): View | undefined {
    return this.#views.get(keyOf(address, access));
  }
}

/** The address without its place, and for whom. */
function keyOf({ kind, ids, address }: TileAddress, access: Access): string {
  const mark = address.indexOf('?');
  const view = mark < 0 ? `${kind}/${ids}` : `${kind}/${ids}${address.slice(mark)}`;
  return isPublic(access) ? view : `${access.handling.join()} ${view}`;
}
