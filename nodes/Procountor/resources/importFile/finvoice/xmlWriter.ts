/** An element to be written. */
export interface XmlNode {
	name: string;
	attributes: Readonly<Record<string, string>>;
	content: string | XmlNode[];
}

/** Returns an element with a text; undefined if the text is empty. */
export function leaf(
	name: string,
	text: string | undefined,
	attributes: Readonly<Record<string, string>> = {},
): XmlNode | undefined {
	return text === undefined || text === '' ? undefined : { name, attributes, content: text };
}

/** Returns an element with children; undefined if it has none. */
export function branch(name: string, children: ReadonlyArray<XmlNode | undefined>): XmlNode | undefined {
	const content = children.filter((child): child is XmlNode => child !== undefined);
	return content.length ? { name, attributes: {}, content } : undefined;
}

/** Returns an XML file in UTF-8, indented by two spaces. */
export function renderXml(root: XmlNode): string {
	return `<?xml version="1.0" encoding="UTF-8"?>\n${renderNode(root, '')}`;
}

function renderNode({ name, attributes, content }: XmlNode, indent: string): string {
	const attributeText = Object.entries(attributes)
		.map(([key, value]) => ` ${key}="${escapeText(value).replace(/"/g, '&quot;')}"`)
		.join('');
	const inner =
		typeof content === 'string'
			? escapeText(content)
			: `\n${content.map((child) => renderNode(child, `${indent}  `)).join('')}${indent}`;
	return `${indent}<${name}${attributeText}>${inner}</${name}>\n`;
}

/** Escapes markup, and replaces control characters, which XML cannot contain, by spaces. */
function escapeText(text: string): string {
	return [...text]
		.map((character) => (character < ' ' && !'\t\n'.includes(character) ? ' ' : character))
		.join('')
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;');
}
