/** Before all test files: installs n8n if it is missing, and builds the package that each of them packs. */
import { buildProject, installN8n } from './install';

export default async function globalSetup(): Promise<void> {
	await installN8n((line) => process.stderr.write(`${line}\n`));
	await buildProject();
}
