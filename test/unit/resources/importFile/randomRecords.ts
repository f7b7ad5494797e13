/** Random records for any import file, with every value that its table allows. */
import fc from 'fast-check';
import { decode } from 'iconv-lite';
import type { IDataObject } from 'n8n-workflow';
import { COUNTRY_VALUES } from '../../../../nodes/Procountor/validation/countries';
import { assignPath } from '../../../../nodes/Procountor/resources/importFile/record';
import type { Column, FileKind, CellFormat, ChildRow } from '../../../../nodes/Procountor/resources/importFile/types';
import { isMissingText } from '../../../../nodes/Procountor/validation/missingText';

/** The characters of Windows-1252 by an independent decoder, without those that separate cells and lines. */
const storable = [...decode(Buffer.from(Array.from({ length: 256 }, (_, index) => index)), 'windows-1252')].filter(
	(character, code) => code >= 0x20 && code !== 0x7f && character !== '\ufffd' && !';"\\'.includes(character),
);

const texts = (length = 300): fc.Arbitrary<string> =>
	fc
		.array(fc.constantFrom(...storable), { minLength: 1, maxLength: Math.min(length, 40) })
		.map((letters) => letters.join('').trim())
		.filter((text) => text !== '' && text !== 'DIMENSION' && text !== 'GROUP' && !isMissingText(text));

const numbers = ({ range: [least, most] = [-Infinity, Infinity], places = 6 }: CellFormat): fc.Arbitrary<number> =>
	fc
		.tuple(
			fc.integer({ min: Math.max(least, -99_999_999), max: Math.min(most, 99_999_999) }),
			fc.integer({ min: 0, max: 10 ** places - 1 }),
		)
		.map(([whole, part]) =>
			whole >= most || whole < 0 ? whole : Number(`${whole}.${String(part).padStart(places, '0')}`),
		);

const days = fc
	.date({ min: new Date('1901-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
	.map((day) => day.toISOString().slice(0, 10));
const codes = (length: number, signs: string): fc.Arbitrary<string> =>
	fc.array(fc.constantFrom(...signs), { minLength: length, maxLength: length }).map((all) => all.join(''));

/** Words in the file that have no value in the API. */
const ownWords = ['Nouto', 'muu tapa', 'rullakko', 'Ärrä'];

/** Values of a format as a person or the API enters them, in the form in which a file returns them. */
function valuesOf(format: CellFormat): fc.Arbitrary<unknown> {
	switch (format.name) {
		case 'text':
			return texts(format.length);
		case 'digits':
			return fc
				.integer({ min: format.range?.[0], max: format.range?.[1] })
				.chain((length) => codes(length, '0123456789'));
		case 'decimal':
			return numbers(format);
		case 'date':
			return days;
		case 'flag':
			return format.codes?.false === '' ? fc.constant(true) : fc.boolean();
		case 'choice':
			return fc.constantFrom(...Object.keys(format.codes ?? {}));
		case 'word':
			return fc.constantFrom(...Object.keys(format.codes ?? {}), ...ownWords);
		case 'country':
			return fc.constantFrom(...COUNTRY_VALUES);
		case 'currency':
			return fc.constantFrom('EUR', 'SEK', 'USD', 'NOK');
		case 'days':
			return fc.integer({ min: 0, max: 999 }).map(String);
		case 'vatStatus':
			return fc.integer({ min: 1, max: 99 });
		case 'email':
			return codes(8, 'abcdefghij0123').map((name) => `${name}@example.fi`);
		case 'account':
			return fc.constantFrom('FI2112345600000785', 'SE3550000000054910000003', '12345-6789');
		case 'personalId':
			return fc.constantFrom('131052-308T', '070391-908P', '131052A308T');
		case 'bic':
			return fc.constantFrom('NDEAFIHH', 'OKOYFIHHXXX');
		case 'address':
			return fc
				.record(
					Object.fromEntries(
						(format.parts ?? []).map((part) => [
							part,
							part === 'country' ? fc.constantFrom(...COUNTRY_VALUES) : texts(30),
						]),
					),
					{ requiredKeys: [] },
				)
				.filter((parts) => Object.keys(parts).length > 0);
		default:
			return fc.constant(undefined);
	}
}

/** A row with all required columns, and each other column in half of the cases. */
function rows(columns: Column[], type: unknown): fc.Arbitrary<IDataObject> {
	const used = columns.filter(
		({ path, onlyFor }) => path !== '' && (onlyFor === undefined || onlyFor.includes(String(type))),
	);
	const cells = used.map((column) =>
		fc.tuple(
			fc.constant(column),
			column.required ? fc.constant(true) : fc.boolean(),
			column.path === 'type' ? fc.constant(type) : valuesOf(column.format),
		),
	);
	return fc.tuple(...cells).map((all) => {
		const record: IDataObject = {};
		// An address after its name, so that both keep their parts.
		for (const [{ path }, isThere, value] of all) {
			if (!isThere) continue;
			if (typeof value === 'object' && value !== null)
				for (const [part, inner] of Object.entries(value)) assignPath(record, `${path}.${part}`, inner);
			else assignPath(record, path, value);
		}
		return record;
	});
}

function withChildren(record: IDataObject, children: ChildRow[], type: unknown): fc.Arbitrary<IDataObject> {
	return children.reduce<fc.Arbitrary<IDataObject>>(
		(whole, child) =>
			fc
				.tuple(
					whole,
					fc.array(
						rows(child.row.columns, type).chain((row) => withChildren(row, child.children ?? [], type)),
						{ maxLength: 3 },
					),
				)
				.map(([given, list]) => {
					const result = structuredClone(given);
					if (list.length) assignPath(result, child.path, list);
					return result;
				}),
		fc.constant(record),
	);
}

/** Records of a kind that do not yet follow the rules between their cells. */
export function records(kind: FileKind): fc.Arbitrary<IDataObject> {
	const types = kind.row.columns.find(({ path }) => path === 'type')?.format.codes;
	return fc
		.constantFrom(...Object.keys(types ?? { none: '' }))
		.chain((type) =>
			rows(kind.row.columns, types ? type : undefined).chain((record) =>
				withChildren(record, kind.children, types ? type : undefined),
			),
		);
}
