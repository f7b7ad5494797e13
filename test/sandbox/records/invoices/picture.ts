import { crc32, deflateSync } from 'node:zlib';

const [WIDTH, HEIGHT] = [84, 119];
const [INK, PAPER] = [0, 255];

function chunk(type: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	check.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, check]);
}

/**
 * A small picture of an invoice page: a bar for the head, one line for each row, as many dots at the foot as the page's number.
 * @returns a greyscale PNG of 84 × 119 pixels
 */
export function pagePng(rows: number, page: number): Buffer {
	const pixels = Buffer.alloc((WIDTH + 1) * HEIGHT, PAPER);
	for (let y = 0; y < HEIGHT; y++) pixels[y * (WIDTH + 1)] = 0;
	const draw = (x: number, y: number, width: number) =>
		pixels.fill(INK, y * (WIDTH + 1) + 1 + x, y * (WIDTH + 1) + 1 + x + width);
	for (let y = 8; y < 12; y++) draw(8, y, 40);
	for (let row = 0; row < rows; row++) draw(8, 24 + row * 4, WIDTH - 16);
	for (let dot = 0; dot < page; dot++) draw(8 + dot * 4, HEIGHT - 6, 2);
	const head = Buffer.alloc(13);
	head.writeUInt32BE(WIDTH, 0);
	head.writeUInt32BE(HEIGHT, 4);
	head[8] = 8;
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([
		signature,
		chunk('IHDR', head),
		chunk('IDAT', deflateSync(pixels)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}
