// The package as users get it: packed by npm, unpacked again.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/**
 * Packs the project into `.scratch/<name>` and unpacks the tarball there. Folders of different names do not disturb each
 * other when two checks run at once.
 * @returns `folder` (the unpacked package), `files` (paths inside it), `packedBytes`, `unpackedBytes`
 */
export function packAndUnpack(name) {
	const room = resolve('.scratch', name);
	rmSync(room, { recursive: true, force: true });
	mkdirSync(room, { recursive: true });
	execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', room], {
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	const tarball = join(
		room,
		readdirSync(room).find((file) => file.endsWith('.tgz')),
	);
	execFileSync('tar', ['-xzf', tarball, '-C', room]);
	const folder = join(room, 'package');
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
		.sort();
	return {
		folder,
		files,
		packedBytes: statSync(tarball).size,
		unpackedBytes: files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
	};
}
