// `npm run check:secrets [file …]`: searches what a test run left behind (logs, executions, errors) for the secrets it used.
// `.scratch/run-data/secrets.json` lists them as an array of strings; every other file there is searched, and so are the files given.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = '.scratch/run-data';
const LIST = join(FOLDER, 'secrets.json');
const SHORTEST_SECRET = 8;
/** A JSON Web Token: the code of `{"`, then a second part behind a dot. Other JSON in base64 has no dot. */
const TOKEN = /\beyJ[\w-]{8,}\.[\w-]{8,}/;

if (!existsSync(LIST)) fail(`${LIST} is missing: the tests write it, so run them first`);
const secrets = JSON.parse(readFileSync(LIST, 'utf8'));
if (!Array.isArray(secrets) || secrets.length === 0) fail(`${LIST} must be a list of at least one secret`);
if (secrets.some((secret) => typeof secret !== 'string' || secret.length < SHORTEST_SECRET)) {
	fail(`${LIST} holds a secret of fewer than ${SHORTEST_SECRET} characters: it would be found everywhere`);
}
const files = [
	...readdirSync(FOLDER, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => file !== LIST),
	...process.argv.slice(2),
];
const bytes = files.reduce((sum, file) => sum + readFileSync(file).length, 0);
if (bytes === 0) fail(`there is nothing to search in ${FOLDER}: no run has left any output`);

const search = searchFor(secrets.map(disguises));
const leaks = files.flatMap(leaksIn);
for (const leak of leaks) console.log(`  ${leak}`);
console.log(
	`check:secrets: ${secrets.length} secrets, ${files.length} files, ${bytes} bytes searched, ${leaks.length} found`,
);
process.exitCode = leaks.length === 0 ? 0 : 1;

/** A secret as it may stand in a URL, in JSON, or as base64 (Basic authorization, binary data). */
function disguises(secret) {
	const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
	return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64];
}

/** Where secrets stand in a file. Tells the secret's place in the list, never the secret. */
function leaksIn(file) {
	const content = readFileSync(file);
	const tokens = content
		.toString()
		.split('\n')
		.flatMap((line, index) => (TOKEN.test(line) ? [`${index + 1} something that looks like a token (eyJ…)`] : []));
	const found = search(content).map(({ line, number }) => `${line} secret ${number + 1}`);
	return [...new Set([...found, ...tokens])].map((what) => `${file}:${what}`);
}

/**
 * A search for thousands of texts in one pass: at each byte, four bytes decide whether a text can begin there.
 * @param forms the texts of each secret
 * @returns a function that gives the lines of a file in which a secret stands, and the secret's place in the list
 */
function searchFor(forms) {
	const slots = new Map();
	const mayBegin = new Uint8Array(1 << 20);
	forms.forEach((texts, number) => {
		for (const text of new Set(texts)) {
			const bytes = Buffer.from(text);
			const slot = slotOf(bytes[0], bytes[1], bytes[2], bytes[3]);
			mayBegin[slot] = 1;
			slots.set(slot, [...(slots.get(slot) ?? []), { bytes, number }]);
		}
	});
	return (content) => {
		const found = [];
		let line = 1;
		for (let at = 0; at + 3 < content.length; at++) {
			if (content[at] === 10) line++;
			const slot = slotOf(content[at], content[at + 1], content[at + 2], content[at + 3]);
			if (mayBegin[slot] === 0) continue;
			for (const { bytes, number } of slots.get(slot))
				if (content.subarray(at, at + bytes.length).equals(bytes)) found.push({ line, number });
		}
		return found;
	};
}

/** A place for four bytes among 2^20. */
function slotOf(a, b, c, d) {
	return (Math.imul(a | (b << 8) | (c << 16) | (d << 24), 0x9e3779b1) >>> 12) & 0xfffff;
}

function fail(reason) {
	console.log(`check:secrets: ${reason}`);
	process.exit(1);
}
