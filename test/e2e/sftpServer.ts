/** An SFTP server of OpenSSH on a loopback port, with its own configuration, key and folder. */
import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ended, freePort, installDebianPackages, run, waitFor } from './processes';

const SERVER = '/usr/sbin/sshd';

export class SftpServer {
	private constructor(
		private readonly child: ChildProcess,
		readonly port: number,
		/** The folder in which the test's folders stand. */
		readonly root: string,
		private readonly folder: string,
	) {}

	/**
	 * Starts the server. Debian's openssh-server is installed where it is missing and the user may do that.
	 * @param folder for configuration, keys and files
	 */
	static async start(folder: string): Promise<SftpServer> {
		await installServer(folder);
		const root = join(folder, 'files');
		mkdirSync(root, { recursive: true });
		for (const name of ['host', 'user'])
			await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)], {
				cwd: folder,
				limitMinutes: 1,
			});
		copyFileSync(join(folder, 'user.pub'), join(folder, 'authorized'));
		const port = await freePort();
		writeFileSync(
			join(folder, 'sshd_config'),
			[
				`Port ${port}`,
				'ListenAddress 127.0.0.1',
				`HostKey ${join(folder, 'host')}`,
				`AuthorizedKeysFile ${join(folder, 'authorized')}`,
				`PidFile ${join(folder, 'sshd.pid')}`,
				'AuthenticationMethods publickey',
				'PermitRootLogin prohibit-password',
				'StrictModes no',
				'UsePAM no',
				'Subsystem sftp internal-sftp',
				'ForceCommand internal-sftp',
				'',
			].join('\n'),
		);
		const child = spawn(SERVER, ['-D', '-e', '-f', join(folder, 'sshd_config')], {
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		let log = '';
		child.stderr.on('data', (chunk: Buffer) => void (log += chunk.toString()));
		await waitFor(`the SFTP server on port ${port}`, 20, async () => {
			if (child.exitCode !== null) throw new Error(`sshd ended with ${child.exitCode}:\n${log}`);
			return (await accepts(port)) || undefined;
		});
		return new SftpServer(child, port, root, folder);
	}

	/** What n8n's SFTP credential holds. */
	get credential(): ICredentialDataDecryptedObject {
		return {
			host: '127.0.0.1',
			port: this.port,
			username: userInfo().username,
			password: '',
			privateKey: readFileSync(join(this.folder, 'user'), 'utf8'),
			passphrase: '',
		};
	}

	async stop(): Promise<void> {
		this.child.kill('SIGTERM');
		await ended(this.child);
	}
}

async function installServer(folder: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	if (!existsSync(SERVER)) await installDebianPackages(['openssh-server']);
	// Where the server runs as root it wants this folder, which only its service makes.
	if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
}

async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection(port, '127.0.0.1');
		socket.once('data', () => resolve(Boolean(socket.destroy())));
		socket.once('error', () => resolve(false));
	});
}
