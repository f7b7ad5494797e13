import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentWithTables } from '../../../../scripts/import-file-tables';

it('The tables in the documentation match the package (npm run docs:import-files)', () => {
	const text = readFileSync(join(__dirname, '..', '..', '..', '..', 'docs', 'import-files.md'), 'utf8');
	expect(documentWithTables(text)).toBe(text);
});
