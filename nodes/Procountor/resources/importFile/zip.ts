/** A file in an archive. */
export interface ZipEntry {
	name: string;
	content: Uint8Array;
}

/** Why an archive cannot be read. The message continues 'The archive …'. */
export interface ZipFault {
	message: string;
	advice: string;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** The version of the format that uncompressed files need. */
const VERSION = 10;
/** The flag for names in UTF-8. */
const UTF8_NAMES = 0x0800;
/** 1 January 1980, the first date of the format. A fixed date makes archives of the same files identical. */
const FIRST_DATE = 0x0021;

let crcTable: Uint32Array | undefined;

/** Calculates the CRC-32 of ISO 3309. */
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

/** Creates an archive without compression, which community nodes cannot use. The names must differ. */
export function createZip(entries: readonly ZipEntry[]): Buffer {
	const locals: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content } of entries) {
		const nameBytes = Buffer.from(name, 'utf8');
		const header = commonHeader(nameBytes, content);
		const local = Buffer.concat([uintBytes(LOCAL_HEADER, 4), header, uintBytes(0, 2), nameBytes]);
		directory.push(
			Buffer.concat([
				uintBytes(CENTRAL_HEADER, 4),
				uintBytes(VERSION, 2),
				header,
				Buffer.alloc(12),
				uintBytes(offset, 4),
				nameBytes,
			]),
		);
		locals.push(local, Buffer.from(content.buffer, content.byteOffset, content.length));
		offset += local.length + content.length;
	}
	const central = Buffer.concat(directory);
	const end = Buffer.concat([
		uintBytes(END_OF_DIRECTORY, 4),
		Buffer.alloc(4),
		uintBytes(entries.length, 2),
		uintBytes(entries.length, 2),
		uintBytes(central.length, 4),
		uintBytes(offset, 4),
		uintBytes(0, 2),
	]);
	return Buffer.concat([...locals, central, end]);
}

/** The part that local and central headers share: version, flags, method, time, date, checksum, sizes, name length. */
function commonHeader(name: Buffer, content: Uint8Array): Buffer {
	const size = uintBytes(content.length, 4);
	return Buffer.concat([
		uintBytes(VERSION, 2),
		uintBytes(UTF8_NAMES, 2),
		uintBytes(0, 2),
		uintBytes(0, 2),
		uintBytes(FIRST_DATE, 2),
		uintBytes(crc32(content), 4),
		size,
		size,
		uintBytes(name.length, 2),
	]);
}

function uintBytes(value: number, bytes: 2 | 4): Buffer {
	const buffer = Buffer.alloc(bytes);
	buffer.writeUIntLE(value, 0, bytes);
	return buffer;
}

/** Whether bytes are a ZIP archive. */
export function isZip(bytes: Uint8Array): boolean {
	if (bytes.length <= 4) return false;
	const signature = Buffer.from(bytes.buffer, bytes.byteOffset, 4).readUInt32LE();
	return signature === LOCAL_HEADER || signature === END_OF_DIRECTORY;
}

/** Returns the files in an archive, which must not be compressed. */
export function readZip(bytes: Uint8Array): ZipEntry[] | ZipFault {
	const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const damaged: ZipFault = { message: 'is damaged', advice: 'Create or download it again' };
	const end = findEndOfDirectory(data);
	if (end === undefined) return damaged;
	const entries: ZipEntry[] = [];
	let position = data.readUInt32LE(end + 16);
	// Uncompressed files that are together larger than the archive overlap.
	let bytesLeft = data.length;
	for (let count = data.readUInt16LE(end + 10); count > 0; count--) {
		if (position + 46 > data.length || data.readUInt32LE(position) !== CENTRAL_HEADER) return damaged;
		const [method, checksum, size] = [
			data.readUInt16LE(position + 10),
			data.readUInt32LE(position + 16),
			data.readUInt32LE(position + 24),
		];
		const [nameLength, extra, comment, local] = [
			data.readUInt16LE(position + 28),
			data.readUInt16LE(position + 30),
			data.readUInt16LE(position + 32),
			data.readUInt32LE(position + 42),
		];
		bytesLeft -= size;
		if (bytesLeft < 0) return damaged;
		const name = data.toString('utf8', position + 46, position + 46 + nameLength);
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
		position += 46 + nameLength + extra + comment;
	}
	return entries;
}

/** Searches backwards, because a comment can follow the record. */
function findEndOfDirectory(data: Buffer): number | undefined {
	for (let index = data.length - 22; index >= 0 && index > data.length - 22 - 0x10000; index--) {
		if (data.readUInt32LE(index) === END_OF_DIRECTORY) return index;
	}
	return undefined;
}
