import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { resources } from '../../../nodes/Procountor/resources';
import { documentationFiles, exists, type Page, readPage, root } from './markdown';

const pages = documentationFiles().map(readPage);
const pageAt = new Map(pages.map((page) => [page.file, page]));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** The fault of a link on a page; undefined for a working or an external link. */
function brokenLink(page: Pick<Page, 'file' | 'anchors'>, target: string): string | undefined {
	if (/^(https?|mailto):/.test(target)) return undefined;
	const [path, anchor] = target.split('#');
	const file = path === '' ? page.file : normalize(join(dirname(page.file), path)).replace(/\/$/, '');
	if (file.startsWith('..')) return `${target} leads out of the repository`;
	if (!exists(file)) return `${target}: there is no ${file}`;
	if (anchor === undefined) return undefined;
	return pageAt.get(file)?.anchors.has(anchor) ? undefined : `${target}: ${file} has no heading #${anchor}`;
}

/** The source files of a folder, recursively. */
const sources = (folder: string): string[] =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.(ts|mjs|yml)$/.test(name) && !name.includes('node_modules'))
		.map((name) => join(folder, name));

describe('Documentation', () => {
	it.each(pages)('has only working links in $file', (page) => {
		const broken = page.links.flatMap(({ target, line }) => {
			const fault = brokenLink(page, target);
			return fault === undefined ? [] : [`line ${line}: ${fault}`];
		});
		expect(broken).toEqual([]);
	});

	it.each(pages)('names only existing npm scripts in $file', ({ file }) => {
		const named = readFileSync(join(root, file), 'utf8').matchAll(/npm run (?:-s |--silent )?([a-z][\w:-]*)/g);
		expect([...named].map((match) => match[1]).filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
	});

	it('names only existing operations', () => {
		const operations = new Set(
			resources.flatMap(({ name, operations: all }) => Object.values(all).map((one) => `${name}: ${one.name}`)),
		);
		const names = new Set(resources.map(({ name }) => name));
		const named = pages.flatMap(({ file, prose }) =>
			[...prose.join(' ').matchAll(/\*\*(([A-Z][A-Za-z ]+): [^*]+?)\.?\*\*/g)]
				.filter(([, , resource]) => names.has(resource))
				.map(([, operation]) => ({ file, operation })),
		);
		expect(named.length).toBeGreaterThan(10);
		expect(named.filter(({ operation }) => !operations.has(operation))).toEqual([]);
	});

	it('names only existing example workflows, and lists each of them in README', () => {
		const named = pages.flatMap(({ prose }) =>
			[...prose.join('\n').matchAll(/`([\w-]+\.json)`/g)].map((match) => match[1]),
		);
		const examples = readdirSync(join(root, 'examples'));
		const others = ['package.json', 'openapi.json', 'package-lock.json'];
		expect(named.filter((name) => !examples.includes(name) && !others.includes(name))).toEqual([]);
		const readme = readFileSync(join(root, 'README.md'), 'utf8');
		expect(examples.filter((name) => !readme.includes(name))).toEqual([]);
	});

	it.each([
		['docs/README.md', /^docs\/[\w-]+\.md$/],
		['docs/fi/README.md', /^docs\/fi\/[\w-]+\.md$/],
	])('lists every page in %s', (index, inFolder) => {
		const listed = pageAt.get(index)?.links.map(({ target }) => normalize(join(dirname(index), target))) ?? [];
		const expected = pages.map(({ file }) => file).filter((file) => inFolder.test(file) && file !== index);
		expect(expected.filter((file) => !listed.includes(file))).toEqual([]);
	});

	it.each([
		...['accounting-firms', 'ai', 'bi', 'import-files', 'payments', 'projects', 'rights', 'scale', 'security', 'sftp', 'shop'],
		...['trigger', 'webhook-trigger'],
	])('shows the editor and a story on the page %s', (name) => {
		const text = readFileSync(join(root, 'docs', `${name}.md`), 'utf8');
		expect(text).toMatch(/!\[[^\]]+\]\(images\/[\w-]+-light\.png\)/);
		expect(text).toMatch(/\b(The|one) story\b/);
	});

	it('uses each picture and has it for both themes', () => {
		const texts = pages.map(({ file }) => readFileSync(join(root, file), 'utf8')).join('\n');
		const names = readdirSync(join(root, 'docs', 'images')).map((file) => file.replace(/-(light|dark)\.\w+$/, ''));
		const once = new Set(names);
		expect(names).toHaveLength(2 * once.size);
		expect([...once].filter((name) => !texts.includes(`images/${name}-light.`))).toEqual([]);
	});

	it('uses only kinds of diagrams that GitHub supports', () => {
		const kinds = pages
			.flatMap(({ blocks }) => blocks.filter(({ language }) => language === 'mermaid'))
			.map(({ text }) => text.trim().split(/\s/)[0]);
		expect(kinds.length).toBeGreaterThan(5);
		expect(kinds.filter((kind) => !/^(graph|flowchart|sequenceDiagram|stateDiagram-v2)$/.test(kind))).toEqual([]);
	});

	it('has every page and every heading that the sources name', () => {
		const broken = ['nodes', 'credentials', 'scripts', 'test', '.github'].flatMap(sources).flatMap((file) =>
			[...readFileSync(join(root, file), 'utf8').matchAll(/\b(docs\/[\w/-]+\.md)(?:#([\w-]+))?/g)].flatMap(
				([, path, anchor]) => {
					const fault = brokenLink({ file: '', anchors: new Set() }, anchor ? `${path}#${anchor}` : path);
					return fault === undefined ? [] : [`${file}: ${fault}`];
				},
			),
		);
		expect(broken).toEqual([]);
	});

	it('has the README headings that n8n links to', () => {
		const linked = ['nodes', 'credentials']
			.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
			.filter((file) => /\.(ts|json)$/.test(file))
			.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/n8n-nodes-procountor#([\w-]+)/g)])
			.map(([, anchor]) => anchor);
		const anchors = new Set(['readme', ...(pageAt.get('README.md')?.anchors ?? [])]);
		expect(linked.length).toBeGreaterThan(3);
		expect(linked.filter((anchor) => !anchors.has(anchor))).toEqual([]);
	});

	it('is checked for a missing file, a missing heading, and a link out of the repository', () => {
		const page = pageAt.get('docs/trigger.md') ?? pages[0];
		expect(brokenLink(page, 'nowhere.md')).toContain('there is no');
		expect(brokenLink(page, '#no-such-heading')).toContain('has no heading');
		expect(brokenLink(page, '../../other/README.md')).toContain('leads out');
		expect(brokenLink(page, '../README.md')).toBeUndefined();
	});
});
