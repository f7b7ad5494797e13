import { quoted } from '../../../validation/result';
import { InputError } from '../../../api';
import { declaredEncoding } from './decodeXml';

/** An element. Its name has no namespace prefix; its text does not include that of child elements. */
export interface XmlElement {
	name: string;
	attributes: ReadonlyMap<string, string>;
	children: XmlElement[];
	text: string;
}

/** Limits. A Finvoice message is six levels deep and has about forty elements per row. */
const MAX_DEPTH = 40;
const MAX_ELEMENTS = 200_000;
const MAX_ATTRIBUTES = 30;
/** The number of elements after which the reader yields. */
const ELEMENTS_PER_STEP = 500;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const NAME = '[\\p{L}_][\\p{L}\\p{N}_.-]{0,99}(?::[\\p{L}_][\\p{L}\\p{N}_.-]{0,99})?';
const tagName = new RegExp(NAME, 'uy');
const attribute = new RegExp(`\\s+(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'uy');
const tagEnd = /\s*(\/?)>/y;

/**
 * Parses XML safely: it refuses a DOCTYPE and entities other than the five predefined ones and character references, limits
 * depth and number of elements, and takes linear time. A file may contain several root elements, each with a declaration,
 * as Finvoice messages with envelopes do. Yields regularly and returns the root elements. Throws an InputError that names
 * the line.
 */
export function* readXml(text: string): Generator<undefined, XmlElement[]> {
	const reader = new XmlReader(text);
	while (reader.readStep()) yield;
	return reader.roots;
}

interface OpenElement {
	element: XmlElement;
	texts: string[];
	qualifiedName: string;
}

class XmlReader {
	readonly roots: XmlElement[] = [];
	private readonly open: OpenElement[] = [];
	private position = 0;
	private elements = 0;
	private encoding: string | undefined;

	constructor(private readonly text: string) {
		const index = findControlCharacter(text);
		if (index >= 0) this.fail('contains a control character, which XML does not allow', index);
	}

	/** Reads some elements. Returns false at the end of the file. */
	readStep(): boolean {
		const limit = this.elements + ELEMENTS_PER_STEP;
		while (this.elements < limit) {
			const next = this.text.indexOf('<', this.position);
			this.readText(next < 0 ? this.text.length : next);
			if (next < 0) return this.finish();
			this.readMarkup();
		}
		return true;
	}

	private finish(): boolean {
		const unclosed = this.open.at(-1);
		if (unclosed) this.fail(`ends before the element ${quoted(unclosed.qualifiedName)} does`);
		if (this.roots.length === 0) this.fail('contains no element');
		return false;
	}

	private readText(end: number): void {
		const raw = this.text.slice(this.position, end);
		const parent = this.open.at(-1);
		if (parent === undefined) {
			if (raw.trim() !== '') this.fail(`has text outside of elements: ${quoted(raw.trim())}`);
		} else if (raw !== '') {
			if (raw.includes(']]>')) this.fail("has ']]>' inside a text");
			parent.texts.push(this.decode(raw));
		}
		this.position = end;
	}

	private readMarkup(): void {
		const second = this.text[this.position + 1];
		if (second === '/') this.readEndTag();
		else if (second === '?') this.readInstruction();
		else if (second === '!') this.readDeclaration();
		else this.readStartTag();
	}

	private readInstruction(): void {
		const start = this.position;
		const end = this.skipPast('?>', 'a processing instruction');
		const content = this.text.slice(start + 2, end - 2);
		if (!/^xml(\s|$)/i.test(content)) return;
		if (this.open.length) this.fail('has an XML declaration inside an element', start);
		const encoding = declaredEncoding(content) ?? 'utf-8';
		this.encoding ??= encoding;
		if (encoding !== this.encoding) this.fail(`declares two encodings, ${this.encoding} and ${encoding}`, start);
	}

	private readDeclaration(): void {
		const start = this.position;
		if (this.text.startsWith('<!--', start)) {
			this.position += 4;
			this.skipPast('-->', 'a comment');
		} else if (this.text.startsWith('<![CDATA[', start)) {
			const end = this.skipPast(']]>', 'a CDATA section');
			const parent = this.open.at(-1);
			if (!parent) this.fail('has a CDATA section outside of elements', start);
			else parent.texts.push(this.text.slice(start + 9, end - 3));
		} else if (/^<!DOCTYPE/i.test(this.text.slice(start, start + 9))) {
			this.fail(
				'contains a DOCTYPE, which could load other files or expand without end',
				start,
				'Remove the DOCTYPE from the file.',
			);
		} else this.fail("has a declaration that XML does not allow there, beginning with '<!'", start);
	}

	/** Moves past the end mark of a construct and returns the position. */
	private skipPast(mark: string, construct: string): number {
		const end = this.text.indexOf(mark, this.position);
		if (end < 0) this.fail(`ends inside ${construct}`);
		this.position = end + mark.length;
		return this.position;
	}

	private readEndTag(): void {
		const start = this.position;
		const end = this.skipPast('>', 'an end tag');
		const name = this.text.slice(start + 2, end - 1).trimEnd();
		const closed = this.open.pop();
		if (closed?.qualifiedName !== name)
			this.fail(
				closed
					? `closes ${quoted(name)} where ${quoted(closed.qualifiedName)} is open`
					: `closes ${quoted(name)}, which is not open`,
				start,
			);
		else closed.element.text = closed.texts.join('');
	}

	private readStartTag(): void {
		const start = this.position;
		const qualifiedName = this.match(tagName, start + 1)?.[0];
		if (qualifiedName === undefined) return this.fail("has a '<' that begins no element", start);
		if (++this.elements > MAX_ELEMENTS) this.fail(`has more than ${MAX_ELEMENTS.toLocaleString('en')} elements`, start);
		if (this.open.length >= MAX_DEPTH) this.fail(`has elements more than ${MAX_DEPTH} levels deep`, start);
		this.position = start + 1 + qualifiedName.length;
		const attributes = this.readAttributes();
		const end = this.match(tagEnd, this.position);
		if (!end) return this.fail(`has a faulty tag of the element ${quoted(qualifiedName)}`, start);
		this.position += end[0].length;
		const element = { name: localName(qualifiedName), attributes, children: [], text: '' };
		const siblings = this.open.at(-1)?.element.children ?? this.roots;
		siblings.push(element);
		if (end[1] === '') this.open.push({ element, texts: [], qualifiedName });
	}

	private readAttributes(): Map<string, string> {
		const attributes = new Map<string, string>();
		for (let found = this.match(attribute, this.position); found; found = this.match(attribute, this.position)) {
			const [matched, name, doubleQuoted, singleQuoted] = found;
			if (attributes.has(name)) this.fail(`has the attribute ${quoted(name)} twice`);
			if (attributes.size >= MAX_ATTRIBUTES) this.fail(`has more than ${MAX_ATTRIBUTES} attributes in one element`);
			attributes.set(name, this.decode(doubleQuoted ?? singleQuoted).replace(/[\t\r\n]/g, ' '));
			this.position += matched.length;
		}
		return attributes;
	}

	private match(pattern: RegExp, at: number): RegExpExecArray | null {
		pattern.lastIndex = at;
		return pattern.exec(this.text);
	}

	/** Replaces the entities in a text. */
	private decode(raw: string): string {
		if (!raw.includes('&')) return raw;
		const [first, ...parts] = raw.split('&');
		return first + parts.map((part) => this.replaceEntity(part)).join('');
	}

	private replaceEntity(part: string): string {
		const end = part.slice(0, 12).indexOf(';');
		const name = end < 0 ? part.slice(0, 12) : part.slice(0, end);
		const character = end < 0 ? undefined : entityCharacter(name);
		if (character !== undefined) return character + part.slice(end + 1);
		return this.fail(
			end < 0
				? "has a '&' that begins no entity"
				: `uses the entity ${quoted(`&${name};`)}, which XML does not have by itself`,
			undefined,
			"Write '&amp;' for an ampersand.",
		);
	}

	private fail(problem: string, at = this.position, advice?: string): never {
		const line = this.text.slice(0, at).split('\n').length;
		throw new InputError(`The file (line ${line})`, problem, advice);
	}
}

/** Returns the character of an entity; undefined for an unknown one. */
function entityCharacter(name: string): string | undefined {
	if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name];
	const number = /^#(?:(\d{1,7})|x([\da-f]{1,6}))$/i.exec(name);
	if (!number) return undefined;
	const code = number[1] === undefined ? parseInt(number[2], 16) : Number(number[1]);
	const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0x10ffff);
	if (!isCharacter || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff) return undefined;
	return String.fromCodePoint(code);
}

const localName = (qualifiedName: string): string => qualifiedName.slice(qualifiedName.indexOf(':') + 1);

/** Returns the position of a control character that XML does not allow; -1 if there is none. */
function findControlCharacter(text: string): number {
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if ((code < 0x20 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffe || code === 0xffff) return index;
	}
	return -1;
}
