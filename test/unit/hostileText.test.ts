import { interruptIfHanging, LENGTH } from './hangingCode';
import { fieldLabel } from '../../nodes/Procountor/labels/fieldLabel';
import { readZip, createZip } from '../../nodes/Procountor/resources/importFile/zip';
import { parseVatPercent, withoutPercentSign } from '../../nodes/Procountor/validation/vat';

describe('Percent sign', () => {
	it.each([
		['25.5 %', '25.5'],
		['25,5%  ', '25,5'],
		['10', '10'],
		['% 10', '% 10'],
	])("is removed from the end of '%s'", (text, number) => {
		expect(withoutPercentSign(text)).toBe(number);
	});

	it('is searched for without hanging in a long text of spaces', () => {
		const spaces = ' '.repeat(LENGTH);
		for (const text of [`${spaces}x`, `1${spaces}x`, `1%${spaces}x`, `1${spaces}%x`]) {
			interruptIfHanging(() => expect(parseVatPercent(text).ok).toBe(false));
			interruptIfHanging(() => withoutPercentSign(text));
		}
	});
});

describe('Archive', () => {
	it('is rejected if its entries overlap', () => {
		const archive = createZip([
			{ name: 'a.csv', content: Buffer.alloc(1000) },
			{ name: 'b.csv', content: Buffer.alloc(1000) },
		]);
		// The directory's entry of the second file points to the first one, and a third entry repeats it.
		const end = archive.length - 22;
		const start = archive.readUInt32LE(end + 16);
		const entry = archive.subarray(start, start + 46 + 5);
		const overlapping = Buffer.concat([archive.subarray(0, start), entry, entry, entry, archive.subarray(end)]);
		overlapping.writeUInt16LE(3, overlapping.length - 22 + 10);
		expect(readZip(archive)).toHaveLength(2);
		expect(readZip(overlapping)).toMatchObject({ message: 'is damaged' });
	});
});

describe('Field label', () => {
	it('is built from the name only, also if all objects have a property of that name', () => {
		expect(fieldLabel('constructor')).toBe('Constructor');
		expect(fieldLabel('toString[1]')).toBe('To String 2');
	});
});
