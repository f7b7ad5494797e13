// `npm run check:secrets [file …]`: searches what a test run left behind (logs, executions, errors) for the secrets it used.
// `.scratch/run-data/secrets.json` lists them as an array of strings; every other file there is searched, and so are the files given.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = '.scratch/run-data';
const LIST = join(FOLDER, 'secrets.json');
const SHORTEST_SECRET = 8;
/** How a JSON Web Token begins: the code of `{"`, then more of the same alphabet. */
const TOKEN = /\beyJ[\w-]{8,}/;

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

const forms = secrets.map(disguises);
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
	return readFileSync(file, 'utf8')
		.split('\n')
		.flatMap((line, index) => {
			const found = forms.flatMap((disguised, number) =>
				disguised.some((form) => line.includes(form)) ? [`secret ${number + 1}`] : [],
			);
			if (TOKEN.test(line)) found.push('something that looks like a token (eyJ…)');
			return found.map((what) => `${file}:${index + 1} ${what}`);
		});
}

function fail(reason) {
	console.log(`check:secrets: ${reason}`);
	process.exit(1);
}
