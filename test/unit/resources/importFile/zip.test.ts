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
			expect(isZip(archive)).toBe(entries.length > 0 || archive.length === 22);
			expect(
				(readZip(archive) as ZipEntry[]).map(({ name, content }) => ({ name, content: Buffer.from(content) })),
			).toEqual(entries);
			expect(createZip(entries)).toEqual(archive);
		}),
	);
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
