/** Replaces one text of a Finvoice file with an unexpected one: each file is read, or rejected with a message that a user understands. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFinvoiceSteps } from '../../../../nodes/Procountor/resources/importFile/finvoice';
import { InputError, ProcountorError } from '../../../../nodes/Procountor/api';

const folder = join(__dirname, '..', '..', '..', 'fixtures', 'finvoice');
const names = readdirSync(folder).filter((name) => /^\d/.test(name) && !name.includes('iso-8859'));
const VALUES = [
	'constructor',
	'__proto__',
	'toString',
	'',
	'   ',
	'-0,00',
	'1e9',
	'NaN',
	'999999999999999999999,99',
	'0,0000000000000000000001',
	'😀',
	'x'.repeat(20_000),
	'20261332',
	'&#x9;',
];
/** Only every seventh value is used for each text, so that the test takes seconds. */
const EVERY = Number(process.env.FINVOICE_MUTATIONS ?? 7);

function outcome(text: string): string {
	const steps = readFinvoiceSteps(Buffer.from(text), { readAs: 'purchase' });
	try {
		for (;;) {
			const step = steps.next();
			if (step.done) return JSON.stringify(step.value.map(({ json }) => json));
		}
	} catch (error) {
		if (!(error instanceof InputError) && !(error instanceof ProcountorError)) throw error;
		return `refused: ${error.message}`;
	}
}

it('A Finvoice file with one replaced text is read or rejected with a clear message', () => {
	const counts = { files: names.length, texts: 0, read: 0, refused: 0 };
	const strange: string[] = [];
	for (const name of names) {
		const file = readFileSync(join(folder, name), 'utf8');
		const texts = [...file.matchAll(/>([^<>]+)<\/|="([^"<>]*)"/g)];
		for (const [index, match] of texts.entries()) {
			const given = match[1] ?? match[2];
			if (given.trim() === '') continue;
			counts.texts++;
			const start = match.index + match[0].indexOf(given, match[1] === undefined ? 2 : 1);
			for (const [at, value] of VALUES.entries()) {
				if ((index + at) % EVERY !== 0) continue;
				const result = outcome(file.slice(0, start) + value + file.slice(start + given.length));
				counts[result.startsWith('refused') ? 'refused' : 'read']++;
				if (/native code|\[object|undefined/.test(result))
					strange.push(`${name}, ${given} -> ${value.slice(0, 30)}: ${result.slice(0, 300)}`);
				if (result.startsWith('refused') && !/^refused: .{15,600}$/s.test(result))
					strange.push(`${name}, ${given}: ${result.slice(0, 200)} …`);
			}
		}
	}
	process.stdout.write(`finvoice mutations: ${JSON.stringify(counts)}\n`);
	expect(strange).toEqual([]);
	// The test proves little if nearly all files are read, or nearly all are rejected.
	const tried = counts.read + counts.refused;
	expect(counts.files).toBeGreaterThan(20);
	expect(counts.texts).toBeGreaterThan(1500);
	expect(tried).toBeGreaterThanOrEqual(counts.texts * Math.floor(VALUES.length / EVERY));
	expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(tried / 4);
});
