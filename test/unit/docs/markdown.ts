/** Reads the parts of a Markdown page that tests check: headings, links, and code blocks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..', '..');

export interface CodeBlock {
	language: string;
	/** What follows the language on the opening line. */
	info: string;
	text: string;
	/** The line of the opening fence, from 1. */
	line: number;
}

export interface Page {
	/** The path from the root of the repository. */
	file: string;
	anchors: Set<string>;
	links: Array<{ target: string; line: number }>;
	blocks: CodeBlock[];
	/** The page's lines; those inside code blocks are empty. */
	prose: string[];
}

/** The Markdown files of the repository's own documentation. */
export function documentationFiles(): string[] {
	const below = ['docs', 'test', '.github'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
	);
	return [...readdirSync(root), ...below].filter((file) => file.endsWith('.md')).sort();
}

export function readPage(file: string): Page {
	const { prose, blocks } = partsOf(readFileSync(join(root, file), 'utf8').split('\n'));
	return { file, prose, blocks, anchors: anchorsOf(prose), links: linksOf(prose) };
}

function partsOf(lines: string[]): Pick<Page, 'prose' | 'blocks'> {
	const blocks: CodeBlock[] = [];
	let open: CodeBlock | undefined;
	const prose = lines.map((line, index) => {
		const fence = /^\s*```\s*(\S*)\s*(.*)$/.exec(line);
		if (fence && open) open = undefined;
		else if (fence) blocks.push((open = { language: fence[1], info: fence[2].trim(), text: '', line: index + 1 }));
		else if (open) open.text += `${line}\n`;
		else return line;
		return '';
	});
	if (open) throw new Error(`the code block in line ${open.line} does not end`);
	return { prose, blocks };
}

/** GitHub's names of headings, and anchors that stand by themselves: lower case, hyphens for spaces, no other punctuation; a repeated one is numbered. */
function anchorsOf(prose: string[]): Set<string> {
	const anchors = new Set<string>();
	for (const line of prose) {
		for (const [, id] of line.matchAll(/<a id="([^"]+)">/g)) anchors.add(id);
		const heading = /^#{1,6}\s+(.*?)\s*$/.exec(line)?.[1];
		if (heading === undefined) continue;
		const name = heading
			.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-');
		let anchor = name;
		for (let number = 1; anchors.has(anchor); number++) anchor = `${name}-${number}`;
		anchors.add(anchor);
	}
	return anchors;
}

function linksOf(prose: string[]): Page['links'] {
	return prose.flatMap((whole, index) => {
		const line = whole.replace(/`[^`]*`/g, (code) => '`'.repeat(code.length));
		const targets = [
			...[...line.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map((match) => match[1]),
			...[...line.matchAll(/\b(?:href|src|srcset)="([^"]+)"/g)].map((match) => match[1]),
		];
		return targets.map((target) => ({ target, line: index + 1 }));
	});
}

export const exists = (file: string): boolean => existsSync(join(root, file));
