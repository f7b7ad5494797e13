/** Debian's Chromium, without a window. */
import { existsSync } from 'node:fs';
import { chromium, selectors, type Browser } from 'playwright-core';
import { installDebianPackages } from '../e2e/processes';

const debian = '/usr/bin/chromium';

/**
 * The browser's path: CHROMIUM, else Debian's package, which is installed when it is missing.
 * @throws when it is missing and cannot be installed
 */
async function findChromium(print: (line: string) => void): Promise<string> {
	const path = process.env.CHROMIUM ?? debian;
	if (existsSync(path)) return path;
	print('Installing Chromium …');
	await installDebianPackages(['chromium']);
	return debian;
}

/** Containers run as root, and may have little shared memory. */
const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];

/** Starts the browser; elements of n8n's editor are found by their `data-test-id`. */
export async function startChromium(print: (line: string) => void): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath: await findChromium(print), args });
}
