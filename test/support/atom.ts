/** An element of XML: its name, its attributes, what is in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function plain(text: string): string {
  return text.replaceAll(/&([^;]*);?/g, (_, name: string) => {
    const sign = ENTITIES[name];
    if (sign === undefined) throw new Error(`not an entity: &${name}`);
    return sign;
  });
}

/** Reads XML of elements, attributes and text, and throws for what is not well formed. */
export function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const TAG = /<(?:\?[^?]*\?|(\/)?([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/)?)>|([^<]+)/gy;
  let at = 0;
  for (const match of text.matchAll(TAG)) {
    at = (match.index ?? 0) + match[0].length;
    const [, isEnd, name, attributes = '', isEmpty, between] = match;
    const parent = open.at(-1) as Element;
    if (between !== undefined) parent.text += plain(between);
    else if (name === undefined) continue;
    else if (isEnd) {
      if (open.pop()?.name !== name || open.length === 0) throw new Error(`</${name}> ends something else`);
    } else {
      const pairs = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map((pair) => [pair[1], plain(pair[2] as string)]);
      const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      parent.children.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  const [only, ...others] = root.children;
  if (at !== text.length || open.length !== 1 || !only || others.length > 0)
    throw new Error(`not well formed at ${at}`);
  return only;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** What RFC 4287 asks of a feed and its entries and is missing or wrong: section 4.1.1, 4.1.2, 3.3, 4.2.6, 4.2.7. */
export function atomFaults(feed: Element): string[] {
  const faults: string[] = [];
  const check = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
  };
  const one = (parent: Element, name: string, most = 1, least = 1) => {
    const found = parent.children.filter((child) => child.name === name);
    check(found.length >= least && found.length <= most, `${parent.name} has ${found.length} ${name}`);
    return found;
  };
  const common = (parent: Element) => {
    for (const id of one(parent, 'id')) check(/^[a-z][a-z0-9+.-]*:\S+$/.test(id.text), `id ${id.text} is no IRI`);
    for (const title of one(parent, 'title')) check(title.text !== '', 'a title is empty');
    for (const updated of one(parent, 'updated')) check(INSTANT.test(updated.text), `updated ${updated.text}`);
    const links = parent.children.filter(({ name }) => name === 'link');
    for (const { attributes } of links) check(URL.canParse(attributes.href ?? ''), `link ${attributes.href}`);
    check(links.filter(({ attributes }) => attributes.rel === 'alternate').length === 1, `${parent.name}: alternate`);
    return links;
  };
  check(feed.name === 'feed' && feed.attributes.xmlns === 'http://www.w3.org/2005/Atom', 'not a feed of Atom');
  check(
    common(feed).some(({ attributes }) => attributes.rel === 'self'),
    'a feed links to itself',
  );
  for (const author of one(feed, 'author', 9)) check(one(author, 'name')[0]?.text !== '', 'an author has a name');
  const entries = feed.children.filter(({ name }) => name === 'entry');
  for (const entry of entries) {
    common(entry);
    for (const published of one(entry, 'published', 1, 0)) check(INSTANT.test(published.text), 'published');
    for (const { attributes } of [...one(entry, 'content', 1, 0), ...one(entry, 'summary', 1, 0)])
      check(attributes.type === 'text', 'a text that is no text');
  }
  const ids = entries.map((entry) => entry.children.find(({ name }) => name === 'id')?.text);
  check(new Set(ids).size === ids.length, 'two entries have one id');
  return faults;
}
