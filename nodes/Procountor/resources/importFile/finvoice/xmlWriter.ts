/** An element to be written: its name, its attributes, and its text or its children. Nothing is left out of it. */
export interface Node {
	name: string;
	attributes: Readonly<Record<string, string>>;
	content: string | Node[];
}

/** Returns an element with a text; undefined if the text is empty. */
export function leaf(
	name: string,
	text: string | undefined,
	attributes: Readonly<Record<string, string>> = {},
): Node | undefined {
	return text === undefined || text === '' ? undefined : { name, attributes, content: text };
}

/** Returns an element with children; undefined if it has none. */
export function branch(name: string, children: ReadonlyArray<Node | undefined>): Node | undefined {
	const content = children.filter((child): child is Node => child !== undefined);
	return content.length ? { name, attributes: {}, content } : undefined;
}

/** The text of an XML file in UTF-8, indented by two spaces. */
export function xmlFile(root: Node): string {
	return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}`;
}

function written({ name, attributes, content }: Node, indent: string): string {
	const listed = Object.entries(attributes)
		.map(([key, value]) => ` ${key}="${escaped(value).replace(/"/g, '&quot;')}"`)
		.join('');
	const inner =
		typeof content === 'string'
			? escaped(content)
			: `\n${content.map((child) => written(child, `${indent}  `)).join('')}${indent}`;
	return `${indent}<${name}${listed}>${inner}</${name}>\n`;
}

/** Control characters, which XML cannot hold, become spaces. */
function escaped(text: string): string {
	return [...text]
		.map((character) => (character < ' ' && !'\t\n'.includes(character) ? ' ' : character))
		.join('')
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;');
}
