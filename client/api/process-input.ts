/** As `/processes/{id}` has it: of JSON Schema what is read here. */
export interface InputSchema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean | number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: InputSchema;
  readonly properties?: Readonly<Record<string, InputSchema>>;
  readonly anyOf?: readonly InputSchema[];
}

export interface ProcessInput {
  /** In the language that was asked for. */
  readonly title: string;
  readonly description?: string;
  /** 0 or 1. */
  readonly minOccurs: number;
  readonly schema: InputSchema;
}
