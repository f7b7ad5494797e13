import fc from 'fast-check';
import { fileNameFromDisposition, parseMultipart, safeFileName } from '../../../nodes/Procountor/api/multipart';

const CRLF = '\r\n';

function bodyOf(parts: Array<{ headers: string[]; content: Buffer }>, boundary: string, close = true): Buffer {
	const pieces = parts.flatMap(({ headers, content }) => [
		Buffer.from(`--${boundary}${CRLF}${headers.map((header) => header + CRLF).join('')}${CRLF}`),
		content,
		Buffer.from(CRLF),
	]);
	return Buffer.concat([...pieces, Buffer.from(close ? `--${boundary}--${CRLF}` : '')]);
}

describe('Multipart response', () => {
	it('returns the exact bytes of each part', () => {
		const content = fc
			.uint8Array({ maxLength: 2000 })
			.map((bytes) => Buffer.from(bytes))
			.filter((bytes) => !bytes.includes('--edge'));
		fc.assert(
			fc.property(fc.array(content, { minLength: 1, maxLength: 4 }), fc.boolean(), (contents, quoted) => {
				const body = bodyOf(
					contents.map((one) => ({ headers: ['Content-Type: application/pdf'], content: one })),
					'edge',
				);
				const parts = parseMultipart(
					body,
					quoted ? 'multipart/mixed; boundary="edge"' : 'multipart/mixed;boundary=edge',
				);
				expect(parts.map((part) => part.content.toString('hex'))).toEqual(contents.map((one) => one.toString('hex')));
				expect(parts.every(({ headers }) => headers['content-type'] === 'application/pdf')).toBe(true);
			}),
		);
	});

	it('can have a preamble, and parts without headers', () => {
		const body = Buffer.concat([
			Buffer.from(`before${CRLF}`),
			bodyOf([{ headers: [], content: Buffer.from('{}') }], 'x'),
		]);
		expect(parseMultipart(body, 'multipart/mixed; boundary=x').map(({ content }) => content.toString())).toEqual([
			'{}',
		]);
	});

	it('keeps the last part if the end is cut off', () => {
		const body = bodyOf([{ headers: ['A: b'], content: Buffer.from('abc') }], 'x', false).subarray(0, -CRLF.length);
		expect(parseMultipart(body, 'multipart/mixed; boundary=x')[0].content.toString()).toBe('abc');
	});

	it('has no parts if no boundary is given', () => {
		expect(parseMultipart(Buffer.from('--x'), 'image/png')).toEqual([]);
	});
});

describe('File name in a header', () => {
	it.each([
		['attachment; filename="kuitti.pdf"', 'kuitti.pdf'],
		['attachment; filename=kuitti.pdf', 'kuitti.pdf'],
		['attachment; filename="k.pdf"; filename*=UTF-8\'\'pyyt%C3%A4j%C3%A4.pdf', 'pyytäjä.pdf'],
		['attachment; filename="a\\"b.pdf"', 'a"b.pdf'],
		['inline', undefined],
		[undefined, undefined],
	])('is read from %s', (disposition, name) => {
		expect(fileNameFromDisposition(disposition)).toBe(name);
	});
});

describe('File name from a server', () => {
	it.each<[unknown, string | undefined]>([
		['kuitti.pdf', 'kuitti.pdf'],
		['../../etc/passwd', 'passwd'],
		['C:\\Users\\aino\\kuitti.pdf', 'kuitti.pdf'],
		['a/b\\../c.pdf', 'c.pdf'],
		['kuitti\u202efdp.exe\u0000', 'kuittifdp.exe'],
		['a<b>:c.pdf', 'a_b__c.pdf'],
		['kuitti.pdf. .', 'kuitti.pdf'],
		['..\\..\\nul', '_nul'],
		['CON.pdf', '_CON.pdf'],
		['console.pdf', 'console.pdf'],
		['..', undefined],
		['. .', undefined],
		['/', undefined],
		['', undefined],
		[5, undefined],
		[null, undefined],
	])('cannot leave its folder: %p', (name, expected) => expect(safeFileName(name)).toBe(expected));

	it('keeps its extension if it is shortened', () => {
		const name = safeFileName(`${'x'.repeat(1000)}.pdf`);
		expect(name).toHaveLength(200);
		expect(name).toMatch(/x\.pdf$/);
	});
});
