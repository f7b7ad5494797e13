// Compiles to dist and copies what the compiler leaves: icons and codex files. The finished folder takes the old one's
// place in one step, so that tests that are running meet a whole package.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const built = join('.scratch', `build-${process.pid}`);
const old = `${built}-old`;
mkdirSync('.scratch', { recursive: true });
try {
	// The compiler emits in spite of type errors: the package can be tried, and the build still fails.
	const compiler = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', built], { stdio: 'inherit' });
	process.exitCode = compiler.status ?? 1;
	for (const folder of ['credentials', 'nodes']) {
		for (const file of readdirSync(folder, { recursive: true })) {
			if (/\.svg$|\.node\.json$/.test(file)) cpSync(join(folder, file), join(built, folder, file));
		}
	}
	try {
		renameSync('dist', old);
	} catch (error) {
		if (error.code !== 'ENOENT') throw error;
	}
	renameSync(built, 'dist');
} finally {
	rmSync(built, { recursive: true, force: true });
	rmSync(old, { recursive: true, force: true });
}
