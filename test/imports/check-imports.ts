/** Checks the import rules over the whole project: part of `npm run lint`. */
import { checkImports } from './import-rules.ts';

const violations = checkImports(process.cwd());
for (const violation of violations) console.error(violation);
if (violations.length > 0) {
  console.error(`\n${violations.length} imports against the rules.`);
  process.exit(1);
}
