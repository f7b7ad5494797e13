// `npm run lint:gate`: what n8n's gate will say to this package. Sources and packed code, under today's plugins and under the
// older ones that the gate pins, and at last the verdict of the gate's own scanner.
import { ESLint } from 'eslint';
import { readFileSync } from 'node:fs';
import { installGate, openGate } from './gate.mjs';
import { lint, report } from './lint.mjs';
import { packAndUnpack } from './pack.mjs';
import { publishingRules } from './rules.mjs';

installGate();
const gate = await openGate();
const today = { ESLint, config: publishingRules, versions: versionsOfToday() };
const tarball = packAndUnpack('gate-package');
const parts = [
	{ name: 'sources', folder: process.cwd(), patterns: gate.sourcePatterns },
	{ name: 'tarball', folder: tarball.folder, patterns: ['**/*.js', 'package.json'] },
];

let errors = 0;
if (!tarball.files.some((file) => /^dist\/nodes\/.*\.node\.js$/.test(file))) {
	console.log('the tarball holds no built node: build the package first');
	errors += 1;
}
for (const rules of [today, gate]) {
	for (const { name, folder, patterns } of parts) {
		errors += report(`${name} under ${rules.versions}`, await lint(rules, folder, patterns));
	}
}
for (const { name, folder, patterns } of parts) {
	const { passed, message } = await gate.analyzePackage(folder, patterns);
	console.log(`the gate's scanner on the ${name}: ${passed ? 'passed' : message}`);
	if (!passed) errors += 1;
}
console.log(`lint:gate: ${errors} errors`);
process.exitCode = errors === 0 ? 0 : 1;

function versionsOfToday() {
	const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
	return `community-nodes ${devDependencies['@n8n/eslint-plugin-community-nodes']}, n8n-nodes-base ${devDependencies['eslint-plugin-n8n-nodes-base']}`;
}
