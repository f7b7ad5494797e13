/** Tests archives with an independent reader. */
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import yauzl from 'yauzl';
import { isZip, readZip, createZip, type ZipEntry } from '../../../../nodes/Procountor/resources/importFile/zip';

/** The entries that yauzl finds in an archive; yauzl checks headers and sizes strictly, and this test compares the checksum. */
async function opened(archive: Buffer): Promise<Array<{ name: string; content: Buffer; checksum: number }>> {
	const file = await new Promise<yauzl.ZipFile>((resolve, reject) => {
		yauzl.fromBuffer(archive, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true }, (error, found) =>
			error ? reject(error) : resolve(found),
		);
	});
	const entries: Array<{ name: string; content: Buffer; checksum: number }> = [];
	return await new Promise((resolve, reject) => {
		file.on('error', reject);
		file.on('end', () => resolve(entries));
		file.on('entry', (entry: yauzl.Entry) => {
			file.openReadStream(entry, (error, stream) => {
				if (error) return reject(error);
				const pieces: Buffer[] = [];
				stream.on('data', (piece: Buffer) => pieces.push(piece));
				stream.on('end', () => {
					entries.push({ name: entry.fileName, content: Buffer.concat(pieces), checksum: entry.crc32 });
					file.readEntry();
				});
			});
		});
		file.readEntry();
	});
}

const files = fc.uniqueArray(
	fc.record({
		name: fc.stringMatching(/^[a-z0-9-]{1,20}\.(csv|pdf)$/),
		content: fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
	}),
	{ selector: ({ name }) => name, maxLength: 6 },
);

it('An independent reader finds each file of an archive unchanged', async () => {
	await fc.assert(
		fc.asyncProperty(files, async (entries) => {
			const found = await opened(createZip(entries));
			expect(found.map(({ name, content }) => ({ name, content }))).toEqual(entries);
			for (const { content, checksum } of found) expect(checksum).toBe(crc32(content));
		}),
		{ numRuns: 100 },
	);
});

it('An archive is read back, and the same files always produce the same archive', () => {
	fc.assert(
		fc.property(files, (entries) => {
			const archive = createZip(entries);
			expect(isZip(archive)).toBe(true);
			expect(
				(readZip(archive) as ZipEntry[]).map(({ name, content }) => ({ name, content: Buffer.from(content) })),
			).toEqual(entries);
			expect(createZip(entries)).toEqual(archive);
		}),
	);
});

describe('isZip', () => {
	it.each([
		['a CSV file', Buffer.from('3000;Myynti;1')],
		['a CSV file that begins with PK', Buffer.from('PK;Myynti;1')],
		['a CSV file in UTF-16 that begins with PK', Buffer.from('PK;Myynti;1', 'utf16le')],
		['a PDF file', Buffer.from('%PDF-1.7\n')],
		['a gzip file', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0])],
		['an archive with text before it', Buffer.concat([Buffer.from('x'), createZip([])])],
		['a signature without an archive', Buffer.from('PK\u0003\u0004')],
		['an empty file', Buffer.alloc(0)],
	])('returns false for %s', (_name, bytes) => expect(isZip(bytes)).toBe(false));

	it('returns false for all bytes that do not begin with the signature of an archive', () => {
		const signatures = ['PK\u0003\u0004', 'PK\u0005\u0006'];
		const starts = fc.tuple(
			fc.constantFrom(...signatures.map((text) => [...Buffer.from(text)])),
			fc.integer({ min: 0, max: 3 }),
			fc.integer({ min: 0, max: 255 }),
		);
		fc.assert(
			fc.property(starts, fc.uint8Array({ minLength: 1, maxLength: 50 }), ([signature, index, byte], rest) => {
				const start = signature.with(index, byte);
				const bytes = Uint8Array.from([...start, ...rest]);
				expect([start, isZip(bytes)]).toEqual([start, signatures.includes(String.fromCharCode(...start))]);
			}),
		);
	});
});

describe('Unreadable archive', () => {
	const archive = createZip([{ name: 'a.csv', content: Buffer.from('3000;Myynti;1') }]);
	it.each([
		['cut short', archive.subarray(0, archive.length - 5)],
		['empty', Buffer.alloc(0)],
		['changed by one bit', Buffer.from(archive.map((byte, index) => (index === 40 ? byte ^ 1 : byte)))],
		[
			'given a wrong directory position',
			Buffer.from(archive.map((byte, index) => (index === archive.length - 6 ? byte ^ 1 : byte))),
		],
	])('is reported as damaged if it is %s', (_, bytes) => {
		expect(readZip(bytes)).toEqual({ message: 'is damaged', advice: 'Create or download it again' });
	});

	it('is reported with the file name if it is compressed', () => {
		const compressed = Buffer.from(archive);
		compressed.writeUInt16LE(8, archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 10);
		expect(readZip(compressed)).toMatchObject({
			message: "contains the compressed file 'a.csv', which cannot be read here",
		});
	});
});
