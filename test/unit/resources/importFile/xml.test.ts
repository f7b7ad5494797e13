import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readFinvoiceSteps } from '../../../../nodes/Procountor/resources/importFile/finvoice';
import { readXml, type XmlElement } from '../../../../nodes/Procountor/resources/importFile/finvoice/xml';
import { decodeXml } from '../../../../nodes/Procountor/resources/importFile/finvoice/decodeXml';
import { renderXml, type XmlNode } from '../../../../nodes/Procountor/resources/importFile/finvoice/xmlWriter';
import { InputError } from '../../../../nodes/Procountor/api/errors';
import { interruptIfHanging, LENGTH } from '../../hangingCode';

function rootsOf(text: string): XmlElement[] {
	const steps = readXml(text);
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/** Reads a whole Finvoice file and returns how it ended. */
function outcomeOf(bytes: Uint8Array): unknown {
	try {
		const steps = readFinvoiceSteps(bytes, { readAs: 'purchase' });
		while (!steps.next().done);
		return 'read';
	} catch (error) {
		return error instanceof InputError ? 'refused' : error;
	}
}

const sample = readFileSync(join(__dirname, '..', '..', '..', 'fixtures', 'finvoice', '3.0-domestic.xml'));

describe('XML reader', () => {
	it('reads elements, attributes, texts, CDATA and entities, without prefixes', () => {
		const [root] = rootsOf(
			`<?xml version="1.0"?><!-- c --><n:a x='1' y="&lt;&#x41;&#66;"><b/>t&amp;<![CDATA[<raw>]]><c> d </c></n:a>`,
		);
		expect(root).toMatchObject({
			name: 'a',
			text: 't&<raw>',
			children: [
				{ name: 'b', text: '' },
				{ name: 'c', text: ' d ' },
			],
		});
		expect([...root.attributes]).toEqual([
			['x', '1'],
			['y', '<AB'],
		]);
	});

	it('reads back any text that the writer wrote', () => {
		const text = fc.string({ unit: fc.constantFrom(...'aö€<>&"\'\n]- \u{1f600}', ']]>', '&amp;') });
		fc.assert(
			fc.property(fc.array(fc.tuple(text, text), { maxLength: 5 }), (pairs) => {
				const content = pairs.map(([inner, value]): XmlNode => ({
					name: 'B',
					attributes: { v: value },
					content: inner,
				}));
				const [root] = rootsOf(renderXml({ name: 'A', attributes: {}, content }));
				expect(root.children.map((child) => [child.text, child.attributes.get('v')])).toEqual(
					pairs.map(([inner, value]) => [inner, value.replaceAll('\n', ' ')]),
				);
			}),
		);
	});

	it.each([
		['<a>', 'ends before the element "a" does'],
		['<a></b>', 'closes "b" where "a" is open'],
		['</a>', 'closes "a", which is not open'],
		['<a x="1" x="2"/>', 'has the attribute "x" twice'],
		['<a>&nbsp;</a>', 'uses the entity "&nbsp;", which XML does not have by itself'],
		['<a>Q & A</a>', "has a '&' that begins no entity"],
		['<a>1 < 2</a>', "has a '<' that begins no element"],
		['<a/>text', 'has text outside of elements: "text"'],
		['<a><!ELEMENT b></a>', "has a declaration that XML does not allow there, beginning with '<!'"],
		['<a>]]></a>', "has ']]>' inside a text"],
		['<a><!-- </a>', 'ends inside a comment'],
		['<a>&#xD800;</a>', 'uses the entity "&#xD800;"'],
		['<a><?xml version="1.0"?></a>', 'has an XML declaration inside an element'],
		[' ', 'contains no element'],
	])('rejects %s', (text, message) => {
		expect(() => rootsOf(text)).toThrow(message);
	});

	it('reports the line of a fault', () => {
		expect(() => rootsOf('<a>\n<b>\n</c></a>')).toThrow('The file (line 3) closes "c" where "b" is open');
	});

	it('reads a large file in many steps, and rejects too many elements or bytes', () => {
		const steps = readXml(`<a>${'<b/>'.repeat(100_000)}</a>`);
		let count = 0;
		while (!steps.next().done) count++;
		expect(count).toBeGreaterThanOrEqual(100);
		expect(() => rootsOf(`<a>${'<b/>'.repeat(200_001)}</a>`)).toThrow('has more than 200,000 elements');
		expect(() => decodeXml(Buffer.alloc(10_000_001, 'a'))).toThrow('is larger than 10,000,000 bytes');
	});

	it('ends also if nothing is closed', () => {
		// A search that starts again at every character would be quadratic.
		const texts = [
			'<a>'.repeat(39) + '&'.repeat(LENGTH),
			`<a${' '.repeat(LENGTH)}`,
			`<a>${'<!--'.repeat(LENGTH)}`,
			`<${'a'.repeat(LENGTH)}`,
		];
		for (const text of texts) interruptIfHanging(() => expect(() => rootsOf(text)).toThrow(InputError));
	});
});

describe('Finvoice reader', () => {
	it('reads any damaged file or rejects it with an error of its own', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
				(changes) => {
					const bytes = Buffer.from(sample);
					for (const [at, byte] of changes) bytes[at] = byte;
					expect(['read', 'refused']).toContain(outcomeOf(bytes));
				},
			),
			{ numRuns: 500 },
		);
	});

	it('rejects every truncated file, and reads or rejects every file that lacks a line', () => {
		const lines = sample.toString('utf8').split('\n');
		for (let length = 0; length < sample.length; length += 97)
			expect(outcomeOf(sample.subarray(0, length))).toBe('refused');
		lines.forEach((_, index) =>
			expect(['read', 'refused']).toContain(
				outcomeOf(Buffer.from(lines.filter((__, other) => other !== index).join('\n'))),
			),
		);
	});
});
