import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RULES = fileURLToPath(new URL('../docs/rules', import.meta.url));

/** The page of every rule by its code, so that the command line carries them without the folder. */
export function rulePages() {
  const files = readdirSync(RULES, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.md'));
  const entries = files.map((name) => [name.replaceAll('\\', '/').replace(/\.md$/, ''), readFileSync(join(RULES, name), 'utf8')]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
