/**
 * Holds listed words out of everything that a person reads: documentation, descriptions, messages, comments and names of tests.
 * Each entry names what to write in its place. `npm run lint:prose` prints every hit and fails for one.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Written by machines, or quoted from elsewhere. */
const SKIPPED = /schemas\.d\.ts$|contract\/|fixtures\/|lint-prose\.mjs$|CODE_OF_CONDUCT\.md$/;
const READ = /\.(ts|mjs|md|yml|html)$/;
const PLACES = ['nodes', 'credentials', 'scripts', 'test', 'docs', 'examples', '.github'];

/** [what is not written, what to write]. */
export const LISTED = [
	[/\b(afresh|anew)\b/i, 'again'],
	[/\bVAT per cents?\b/i, 'VAT rate'],
	[/\bif wanted\b/i, 'optionally'],
	[/\b(on|for) this machine alone\b/i, 'on this machine only'],
	[/\btravels? along\b/i, 'is sent with'],
	[/\bbelief\b/i, 'assumption'],
	[/\ba fault of its own\b/i, 'an internal error'],
	[/\bwithout saying why\b/i, 'and gave no reason'],
	[/\bnot data but a page\b/i, 'an HTML page instead of JSON'],
	[/\bfor want of\b/i, 'because … is missing'],
	[/\blaid over\b/i, 'merged with'],
	[/\bcomes? along\b/i, 'is added, is copied with'],
	[/\bis said to be\b/i, 'is declared as'],
	[/\bhas not the\b/i, 'does not have the'],
	[/\bas wished\b/i, 'as requested'],
	[/\bof one's own\b/i, 'that the owner chooses'],
	[/\bmark of your own\b/i, 'your own reference'],
	[/\bbears?\b/i, 'has'],
	[/\bthe only door\b/i, 'sends all requests'],
	[/\bletters (that )?procountor (lacks|cannot)/i, 'unsupported characters'],
	[/\bbreather\b/i, 'pause'],
	[/\bdeeds\b/i, 'memory of an item'],
	[/\b(whereby|hereby|thereof|henceforth|herein|wherefore)\b/i, 'a plain word'],
	[/\btakes (a|the) \w+ (off|away)\b/i, 'removes'],
	[/\(notes, |\bnotes ['‘’]/, 'the page and its anchor: docs/procountor.md#…'],
	[/\bneighbours? share\b/i, 'items with different IDs share'],
].map(([pattern, instead]) => ({ pattern, instead }));

/** The hits of a text, by line. */
export function hitsIn(text) {
	return text.split('\n').flatMap((line, index) =>
		LISTED.filter(({ pattern }) => pattern.test(line)).map(({ pattern, instead }) => ({
			line: index + 1,
			found: pattern.exec(line)[0],
			instead,
		})),
	);
}

function filesIn(path) {
	if (!statSync(path).isDirectory()) return READ.test(path) && !SKIPPED.test(path) ? [path] : [];
	return readdirSync(path).flatMap((name) => filesIn(join(path, name)));
}

const pages = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
const files = [...pages, ...PLACES].flatMap((name) => filesIn(join(ROOT, name)));
const hits = files.flatMap((file) => hitsIn(readFileSync(file, 'utf8')).map((hit) => ({ file, ...hit })));
for (const { file, line, found, instead } of hits)
	console.error(`${relative(ROOT, file)}:${line}  '${found}': write ${instead}`);
console.log(`${LISTED.length} listed words in ${files.length} files: ${hits.length} hits`);
process.exitCode = hits.length ? 1 : 0;
