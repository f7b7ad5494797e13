import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compactCode, ok, quoted, fail, textOf } from '../../../nodes/Procountor/validation/result';

describe('Validation result', () => {
	it('contains a value, or a message and optional advice', () => {
		expect(ok(7)).toEqual({ ok: true, value: 7 });
		expect(Object.keys(fail('is wrong'))).toEqual(['ok', 'message']);
		expect(fail('is wrong', 'Correct it')).toEqual({ ok: false, message: 'is wrong', advice: 'Correct it' });
	});

	it('accepts only texts and safe whole numbers as text', () => {
		expect(textOf(' a ')).toEqual(ok('a'));
		expect(textOf(9007199254740991)).toEqual(ok('9007199254740991'));
		for (const input of [9007199254740992, -1, 1.5, NaN, true, [], undefined]) expect(textOf(input).ok).toBe(false);
	});

	it('compares codes without spaces, case and dash variants', () => {
		expect(compactCode(' fi12\u00a0345–6−7 ')).toBe('FI12345-6-7');
	});

	it('quotes long values in shortened form', () => {
		expect(quoted('x'.repeat(41))).toBe(`"${'x'.repeat(37)}..."`);
		expect(quoted(5)).toBe('"5"');
	});
});

describe('Validation folder', () => {
	const folder = join(__dirname, '../../../nodes/Procountor/validation');
	const files = readdirSync(folder);

	it('imports only its own files and the menu names', () => {
		const imported = files.flatMap((file) =>
			[...readFileSync(join(folder, file), 'utf8').matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map(
				(match) => match[1],
			),
		);
		expect(imported.length).toBeGreaterThan(20);
		for (const path of imported) expect([...files, '../utils/menus.ts']).toContain(`${path.replace(/^\.\//, '')}.ts`);
	});

	it('does not use the clock or the time zone of the machine', () => {
		for (const file of files) {
			expect([
				file,
				/new Date\(\)|Date\.now|getTimezoneOffset|\.get(?:FullYear|Month|Date|Day|Hours|Minutes)\(|toLocale/.test(
					readFileSync(join(folder, file), 'utf8'),
				),
			]).toEqual([file, false]);
		}
	});
});
