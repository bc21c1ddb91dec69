/** As much of an OpenAPI 3.0 document as the page shows. */
export interface OpenApi {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly example?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

export interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
  readonly example?: unknown;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
  readonly security: readonly object[];
}

/** What the page lists: an operation with its address and its parameters in full. */
export interface Listed {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  /** Media types of the answer. */
  readonly types: readonly string[];
  readonly needsToken: boolean;
}

const lastOf = (reference: string) => reference.split('/').at(-1) ?? '';

/** The operations of a tag, in the order of the document. */
export function operationsOf(document: OpenApi, tag: string): Listed[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]) => ({
        ...{ method, path, operation },
        parameters: operation.parameters.flatMap(
          (parameter) => (parameter.$ref ? document.components.parameters[lastOf(parameter.$ref)] : parameter) ?? [],
        ),
        types: Object.entries(operation.responses).flatMap(([status, { content }]) =>
          status.startsWith('2') ? Object.keys(content ?? {}) : [],
        ),
        needsToken: operation.security.length > 0 && operation.security.every((way) => Object.keys(way).length > 0),
      })),
  );
}

/** A schema in a few words: `integer, 1 to 10000, 100 when left out`. */
export function inWords({
  $ref,
  type,
  format,
  enum: values,
  default: fallback,
  minimum,
  maximum,
  items,
}: Schema): string {
  if ($ref) return lastOf($ref);
  const what = type === 'array' ? `${items ? inWords(items) : 'value'}, …` : (format ?? type ?? 'value');
  const range = minimum !== undefined && maximum !== undefined ? `${minimum} to ${maximum}` : '';
  const choice = values ? values.join(', ') : '';
  const without = fallback === undefined ? '' : `${String(fallback)} when left out`;
  return [choice || what, range, without].filter(Boolean).join('; ');
}

/** The address that a form's values make, relative to this page; what is left empty is left out. */
export function toAddress({ path, parameters }: Listed, values: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams();
  let address = path.replace(/^\//, '');
  for (const { name, in: place } of parameters) {
    const value = values[name] ?? '';
    if (place === 'path') address = address.replace(`{${name}}`, encodeURIComponent(value).replaceAll('%2C', ','));
    else if (place === 'query' && value !== '') query.append(name, value);
  }
  return query.size > 0 ? `${address}?${query}` : `./${address}`;
}
