import type { Predicate } from './ast.ts';

/** The names of the properties that a filter reads, each as often as it is read. */
export function propertiesOf(predicate: Predicate): string[] {
  const visit = (node: unknown): string[] => {
    if (Array.isArray(node)) return node.flatMap(visit);
    if (typeof node !== 'object' || node === null) return [];
    if ('property' in node) return [String(node.property)];
    return 'args' in node ? visit(node.args) : [];
  };
  return visit(predicate);
}
