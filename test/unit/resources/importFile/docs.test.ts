import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentWithTables } from '../../../../scripts/import-file-tables';

it('the tables of the documentation are those of the package (npm run docs:import-files)', () => {
	const text = readFileSync(join(__dirname, '..', '..', '..', '..', 'docs', 'import-files.md'), 'utf8');
	expect(documentWithTables(text)).toBe(text);
});
