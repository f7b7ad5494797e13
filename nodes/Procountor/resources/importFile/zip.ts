/** A file in an archive. */
export interface ZipEntry {
	name: string;
	content: Uint8Array;
}

/** Why an archive cannot be read, in words that continue 'The archive …'. */
export interface ZipFault {
	message: string;
	advice: string;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** Version of the format that stored files need. */
const VERSION = 10;
/** Names are in UTF-8; ASCII is the same in both. */
const UTF8_NAMES = 0x0800;
/** 1 January 1980, the first day that the format knows: an archive of the same files is always the same. */
const FIRST_DAY = 0x0021;

let crcTable: Uint32Array | undefined;

/** CRC-32 of ISO 3309, as archives use it. */
function crc32(bytes: Uint8Array): number {
	crcTable ??= Uint32Array.from({ length: 256 }, (_, index) => {
		let value = index;
		for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
		return value;
	});
	let crc = 0xffffffff;
	for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
}

/** Packs files without compression, because n8n gives community nodes no compressor. The names must differ. */
export function zipped(entries: readonly ZipEntry[]): Buffer {
	const locals: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content } of entries) {
		const nameBytes = Buffer.from(name, 'utf8');
		const shared = sharedHeader(nameBytes, content);
		const local = Buffer.concat([number(LOCAL_HEADER, 4), shared, number(0, 2), nameBytes]);
		directory.push(
			Buffer.concat([
				number(CENTRAL_HEADER, 4),
				number(VERSION, 2),
				shared,
				Buffer.alloc(12),
				number(offset, 4),
				nameBytes,
			]),
		);
		locals.push(local, Buffer.from(content.buffer, content.byteOffset, content.length));
		offset += local.length + content.length;
	}
	const central = Buffer.concat(directory);
	const end = Buffer.concat([
		number(END_OF_DIRECTORY, 4),
		Buffer.alloc(4),
		number(entries.length, 2),
		number(entries.length, 2),
		number(central.length, 4),
		number(offset, 4),
		number(0, 2),
	]);
	return Buffer.concat([...locals, central, end]);
}

/** What local header and directory say alike: version, flags, method 0, time, day, checksum, sizes, length of the name. */
function sharedHeader(name: Buffer, content: Uint8Array): Buffer {
	const size = number(content.length, 4);
	return Buffer.concat([
		number(VERSION, 2),
		number(UTF8_NAMES, 2),
		number(0, 2),
		number(0, 2),
		number(FIRST_DAY, 2),
		number(crc32(content), 4),
		size,
		size,
		number(name.length, 2),
	]);
}

function number(value: number, bytes: 2 | 4): Buffer {
	const buffer = Buffer.alloc(bytes);
	buffer.writeUIntLE(value, 0, bytes);
	return buffer;
}

/** Whether bytes are an archive. */
export function isZip(bytes: Uint8Array): boolean {
	return bytes.length > 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** Returns the files in an archive. Compressed files cannot be read here. */
export function unzipped(bytes: Uint8Array): ZipEntry[] | ZipFault {
	const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const damaged: ZipFault = { message: 'is damaged', advice: 'Create or download it again' };
	const end = endOf(data);
	if (end === undefined) return damaged;
	const entries: ZipEntry[] = [];
	let at = data.readUInt32LE(end + 16);
	// Stored files together have at most the bytes of the archive: if they have more, they overlap.
	let left = data.length;
	for (let count = data.readUInt16LE(end + 10); count > 0; count--) {
		if (at + 46 > data.length || data.readUInt32LE(at) !== CENTRAL_HEADER) return damaged;
		const [method, checksum, size] = [
			data.readUInt16LE(at + 10),
			data.readUInt32LE(at + 16),
			data.readUInt32LE(at + 24),
		];
		const [nameLength, extra, comment, local] = [
			data.readUInt16LE(at + 28),
			data.readUInt16LE(at + 30),
			data.readUInt16LE(at + 32),
			data.readUInt32LE(at + 42),
		];
		left -= size;
		if (left < 0) return damaged;
		const name = data.toString('utf8', at + 46, at + 46 + nameLength);
		if (method !== 0)
			return {
				message: `contains the compressed file '${name}', which cannot be read here`,
				advice: "Unpack it with n8n's Compression node first",
			};
		if (local + 30 > data.length) return damaged;
		const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
		const content = data.subarray(start, start + size);
		if (content.length !== size || crc32(content) !== checksum) return damaged;
		if (!name.endsWith('/')) entries.push({ name, content });
		at += 46 + nameLength + extra + comment;
	}
	return entries;
}

/** Where the archive's closing record stands: a comment may follow it. */
function endOf(data: Buffer): number | undefined {
	for (let at = data.length - 22; at >= 0 && at > data.length - 22 - 0x10000; at--) {
		if (data.readUInt32LE(at) === END_OF_DIRECTORY) return at;
	}
	return undefined;
}
