import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { openFacts, type Switch, switchRows, switchTable } from './switches';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/procountor.md'), 'utf8');
const facts: Array<Pick<Switch, 'no' | 'anchor' | 'about' | 'evidence'>> = [
	...Object.values(switchTable),
	...openFacts,
];
const anchors = [...page.matchAll(/^#{2,4} (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/ /g, '-'));

/** Numbers of the (U) marks in a text. */
const marks = (text: string): number[] => [...text.matchAll(/\(U (\d+)\)/g)].map(([, no]) => Number(no));

describe('Facts about the API', () => {
	it('have consecutive numbers', () => {
		expect(facts.map(({ no }) => no)).toEqual(facts.map((_, index) => index + 1));
	});

	it('are marked in docs/procountor.md exactly once, in the section that the table names', () => {
		const sections = page.split(/^(?=#{2,4} )/m).map((text) => ({ anchor: /^#+ (.+)$/m.exec(text)?.[1], text }));
		const marked = sections.flatMap(({ anchor, text }) =>
			marks(text).map((no) => `${no} ${anchor?.toLowerCase().replace(/ /g, '-')}`),
		);
		expect(marked.sort()).toEqual(facts.map(({ no, anchor }) => `${no} ${anchor}`).sort());
	});

	it('have no uncertain mark without a number', () => {
		const unnumbered = page.split('\n').filter((line) => !line.startsWith('**(U n)**') && /\(U(?! \d+\))/.test(line));
		expect(unnumbered).toEqual([]);
	});

	it('have at least two different answers, a description and evidence', () => {
		for (const [name, { values, about, evidence }] of Object.entries(switchTable as Record<string, Switch>)) {
			expect([name, new Set(values).size > 1 && new Set(values).size === values.length]).toEqual([name, true]);
			expect([name, about.endsWith('.'), evidence.endsWith('.')]).toEqual([name, true, true]);
		}
	});

	it('are listed in the README of the sandbox', () => {
		const readme = readFileSync(join(__dirname, 'README.md'), 'utf8');
		expect(readme).toContain(switchRows().join('\n'));
		expect(readme.match(/^\| \d+ \|/gm)).toHaveLength(facts.length);
	});
});

describe('Sections of docs/procountor.md', () => {
	it('are all listed at the top of the page', () => {
		const listed = [...page.matchAll(/\[([a-z0-9-]+)\]\(#([a-z0-9-]+)\)/g)].map(([, text, target]) => {
			expect(text).toBe(target);
			return target;
		});
		expect(listed).toEqual(
			anchors.filter((anchor) => !['access', 'conventions', 'events', 'invoices', 'other-records'].includes(anchor)),
		);
		expect(new Set(anchors).size).toBe(anchors.length);
	});

	it('exist for every link to them in the repository', () => {
		const files = execFileSync('git', ['ls-files', '*.ts', '*.mjs', '*.md'], { cwd: root, encoding: 'utf8' })
			.split('\n')
			.filter((file) => file !== '' && existsSync(join(root, file)));
		const dead = files.flatMap((file) => {
			const text = readFileSync(join(root, file), 'utf8');
			return [...text.matchAll(/procountor\.md#([a-z0-9-]+)/g)]
				.filter(([, anchor]) => !anchors.includes(anchor) && anchor !== 'anchor')
				.map(([cited]) => `${file}: ${cited}`);
		});
		expect(files.length).toBeGreaterThan(100);
		expect(dead).toEqual([]);
	});
});
