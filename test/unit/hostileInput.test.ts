/** Runs every check of a value and every parser on long texts, for which a quadratic pattern or loop takes minutes. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, trimmed } from '../../nodes/Procountor/api/address';
import { parseBody } from '../../nodes/Procountor/api/exchange';
import { faultsIn } from '../../nodes/Procountor/api/faults';
import { parseJson } from '../../nodes/Procountor/api/json';
import { fileNameFromDisposition, parseMultipart, safeFileName } from '../../nodes/Procountor/api/multipart';
import { retryAfterMs } from '../../nodes/Procountor/api/retry';
import { maskOf } from '../../nodes/Procountor/api/secrets';
import { coerce } from '../../nodes/Procountor/engine/coerce';
import { explainFaults } from '../../nodes/Procountor/labels/explainFaults';
import { fieldLabel } from '../../nodes/Procountor/labels/fieldLabel';
import { readFinvoiceSteps } from '../../nodes/Procountor/resources/importFile/finvoice';
import { declaredEncoding, decodeXml } from '../../nodes/Procountor/resources/importFile/finvoice/decodeXml';
import { readXml } from '../../nodes/Procountor/resources/importFile/finvoice/xml';
import { fileKind } from '../../nodes/Procountor/resources/importFile/kinds';
import { readFileSteps } from '../../nodes/Procountor/resources/importFile/reader';
import { readZip } from '../../nodes/Procountor/resources/importFile/zip';
import { getPath, setPath } from '../../nodes/Procountor/utils/objects';
import { interruptIfHanging, LENGTH } from './hangingCode';

/** A text of the length that repeats a part, with something before and after it. */
const of = (part: string, behind = '', before = ''): string => before + part.repeat(LENGTH / part.length) + behind;

const texts: Record<string, string> = {
	spaces: of(' ', 'x'),
	'spaces inside': of(' ', 'x', 'x'),
	'line breaks': of('\r\n', 'x'),
	digits: of('1'),
	'digits and a letter': of('1', 'x'),
	zeros: of('0', 'x', '1.'),
	letters: of('a', '!'),
	'words and spaces': of('a ', '!'),
	hyphens: of('-', 'x', '1'),
	dots: of('.', 'x', 'a'),
	'dots and digits': of('1.', 'x'),
	commas: of('1,', 'x'),
	slashes: of('/', 'x', 'a'),
	'path parts': of('../', 'x'),
	'at signs': of('@', 'x', 'a'),
	'mail domains': of('a.', '@', 'a@'),
	quotes: of('"', 'x'),
	backslashes: of('\\', 'x', 'filename="'),
	brackets: of('[', 'x'),
	'paths of fields': of('a[1].', 'x'),
	braces: of('{"a":', '1'),
	tags: of('<a>'),
	'opening tags': of('<', 'x'),
	'open comments': of('<!--', 'x'),
	entities: of('&', ';', '<a>'),
	semicolons: of(';', 'x'),
	boundaries: of('--b\r\n', 'x'),
	'combining accents': of('\u0301', 'x', 'a'),
	emoji: of('😀', 'x'),
	'zero-width characters': of('\u200b', 'x'),
	'lone surrogates': of('\ud800', 'x'),
	'byte order marks': of('\ufeff', 'x'),
};

type Check = (text: string) => unknown;

/** Functions of validation/ whose input has already been checked or computed. */
const COMPUTED = new Set(
	'add absolute subtract negate multiply percentOf sum round divide compare equal toText toNumber rowSums invoiceSums distribute addsUpTo bankDayFrom isBankDay percentOfCents toEuros checkDueDate dueDateAfter addDays daysBetween decodeWindows1252'.split(
		' ',
	),
);

/** All other functions of validation/. */
const FOLDER = join(__dirname, '../../nodes/Procountor/validation');
const checks = readdirSync(FOLDER).flatMap((file) =>
	Object.entries(jest.requireActual<Record<string, unknown>>(join(FOLDER, file))).flatMap(
		([name, value]): Array<[string, Check]> =>
			typeof value === 'function' && !COMPUTED.has(name) ? [[name, value as Check]] : [],
	),
);

const response = (body: unknown, headers: Record<string, string> = {}) => ({ statusCode: 429, headers, body });
const secret = { clientSecret: 'secret-of-the-client', apiKey: 'key-number-1' };
const kinds = ['accountingEntries', 'businessPartners', 'dimensions'].map(fileKind);

const parsers: Record<string, Check> = {
	'the address of a credential': (text) => [
		addressOf({ environment: 'custom', baseUrl: text }),
		addressOf({ apiVersion: 'numbered', versionNumber: text }),
		trimmed({ apiKey: text }),
	],
	'a JSON text': (text) => parseJson(text),
	'a text in JSON': (text) => parseJson(JSON.stringify(text)),
	'a body': (text) => parseBody(Buffer.from(text), { 'content-type': text.slice(0, LENGTH) }),
	'reasons in plain text': (text) => faultsIn(response(text)),
	'reasons in JSON': (text) =>
		faultsIn(response({ errors: [{ field: text, message: text }, text], constraintViolations: { [text]: text } })),
	'labels of refused fields': (text) => explainFaults([{ field: text, message: text }]),
	'the label of a field': (text) => fieldLabel(text),
	'parts of a multipart body': (text) => parseMultipart(Buffer.from(text), 'multipart/mixed; boundary=b'),
	'a boundary': (text) => parseMultipart(Buffer.from(text), `multipart/mixed; boundary=${text}`),
	'a file name': (text) => [
		safeFileName(text),
		fileNameFromDisposition(text),
		fileNameFromDisposition(`attachment; filename="${text}"`),
	],
	'an extended file name': (text) => safeFileName(fileNameFromDisposition(`attachment; filename*=UTF-8''${text}`)),
	'Retry-After': (text) => retryAfterMs(response('', { 'retry-after': text, date: text })),
	'secrets in a text': (text) => maskOf(secret)(`Bearer ${text} eyJ${text}`),
	'a path in an object': (text) => [getPath({}, text.slice(0, 1000)), setPath({}, text.slice(0, 1000), 1)],
	'a text field': (text) => coerce({ type: 'string' }, text, 'name'),
	'a number field': (text) => coerce({ type: 'number' }, text, 'amount'),
	'a date field': (text) => coerce({ type: 'string', format: 'date' }, text, 'date'),
	'an archive': (text) => readZip(Buffer.from(`PK\u0003\u0004${text}`)),
	'an import file': (text) => kinds.map((kind) => [...readFileSteps(kind, Buffer.from(text))]),
	'an encoding': (text) => declaredEncoding(text),
	'the text of an XML file': (text) => decodeXml(Buffer.from(text)),
	'an XML file': (text) => [...readXml(`<?xml version="1.0"?><a>${text}</a>`)],
	'an attribute of XML': (text) => [...readXml(`<a b="${text}"`)],
	'a Finvoice file': (text) => [...readFinvoiceSteps(Buffer.from(text), {} as never)],
};

function feed(check: Check): void {
	for (const text of Object.values(texts))
		interruptIfHanging(() => {
			try {
				check(text);
			} catch (error) {
				// A rejection is a valid result; an error of the JavaScript engine is not.
				expect(error).not.toBeInstanceOf(RangeError);
			}
		});
}

describe('Limit for hanging code', () => {
	it('interrupts a quadratic pattern', () => {
		const text = `x${' '.repeat(LENGTH)}x`;
		expect(() => interruptIfHanging(() => /\s+$/.test(text), 1000)).toThrow('timed out');
	});

	it('interrupts an endless loop', () => {
		expect(() =>
			interruptIfHanging(() => {
				for (;;);
			}, 100),
		).toThrow('timed out');
	});
});

describe('Check of a value', () => {
	it('includes more than 40 functions', () => expect(checks.length).toBeGreaterThan(40));
	it.each(checks)('ends on hostile texts: %s', (_, check) => feed(check));
});

describe('Parser', () => {
	it.each(Object.entries(parsers))('ends on hostile texts: %s', (_, parse) => feed(parse));
});
