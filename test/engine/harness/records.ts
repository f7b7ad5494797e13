/**
 * What n8n would have stored or printed during the tests, kept on disk so that one check at the end can search all of it
 * for secrets. The folder belongs to one test run; without a run around it (a script) it is named by the process.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from './environment';

/** The environment variable by which a test run tells its workers where to record. */
export const recordsVariable = 'ENGINE_RECORDS_FOLDER';
const secretsFile = 'secrets.json.lines';

const folder = (): string => {
	const path = process.env[recordsVariable] ?? join(scratchFolder, 'records', `process-${process.pid}`);
	mkdirSync(path, { recursive: true });
	return path;
};

/** Adds one text (an execution, a log line, a credential test's answer) to this process's record. */
export function record(kind: string, text: string): void {
	appendFileSync(join(folder(), `${process.pid}.records`), `${kind} ${text.replaceAll('\n', '\\n')}\n`);
}

const noted = new Set<string>();

/** Notes values that must occur in no record. Values below eight characters are left out: they occur by chance. */
export function recordSecrets(values: unknown[]): void {
	const path = join(folder(), secretsFile);
	for (const value of values) {
		if (typeof value !== 'string' || value.length < 8 || value.startsWith('=') || noted.has(path + value)) continue;
		noted.add(path + value);
		appendFileSync(path, `${JSON.stringify(value)}\n`);
	}
}

export interface SecretFinding {
	file: string;
	line: number;
	/** The text around the secret, with the secret itself left out. */
	around: string;
}

/** Forms in which a secret may hide in a text: as it is, in a JSON string, in a URL, in a form body. */
const forms = (secret: string): string[] => [
	...new Set([
		secret,
		JSON.stringify(secret).slice(1, -1),
		encodeURIComponent(secret),
		new URLSearchParams([['', secret]]).toString().slice(1),
		Buffer.from(secret).toString('base64').replace(/=+$/, ''),
	]),
];

/**
 * Searches lines of text for secrets.
 * @param name what to call the text in the findings
 */
export function findSecretsIn(name: string, text: string, secrets: Iterable<string>): SecretFinding[] {
	const needles = [...secrets].flatMap(forms);
	return text.split('\n').flatMap((line, index) =>
		needles
			.map((needle) => ({ needle, at: line.indexOf(needle) }))
			.filter(({ at }) => at >= 0)
			.map(({ needle, at }) => ({
				file: name,
				line: index + 1,
				around: `${line.slice(Math.max(0, at - 120), at)}«secret»${line.slice(at + needle.length, at + needle.length + 40)}`,
			})),
	);
}

/** The secrets noted in a records folder, and how many records there are to search. */
export function readRecords(path: string): { secrets: string[]; records: Array<{ file: string; text: string }> } {
	if (!existsSync(path)) return { secrets: [], records: [] };
	const secretsPath = join(path, secretsFile);
	const secrets = existsSync(secretsPath)
		? readFileSync(secretsPath, 'utf8').split('\n').filter(Boolean).map((line) => String(JSON.parse(line)))
		: [];
	const records = readdirSync(path)
		.filter((file) => file.endsWith('.records'))
		.map((file) => ({ file, text: readFileSync(join(path, file), 'utf8') }));
	return { secrets: [...new Set(secrets)], records };
}

/** Every place in a records folder where a noted secret occurs. */
export function findSecrets(path: string): SecretFinding[] {
	const { secrets, records } = readRecords(path);
	return records.flatMap(({ file, text }) => findSecretsIn(file, text, secrets));
}
