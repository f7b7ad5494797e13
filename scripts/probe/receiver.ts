import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One notification as it arrived. */
export interface Notification {
	headers: IncomingHttpHeaders;
	body: Buffer;
}

/** Receives webhook notifications on this machine. The first of each run is answered with 500, so that a retry shows. */
export class WebhookReceiver {
	readonly received: Notification[] = [];

	private constructor(
		private readonly server: Server,
		/** Address that Procountor can reach: this machine itself, or what a tunnel gave. */
		readonly url: string,
	) {}

	/** @param publicUrl address that leads to `port`; without it only a sandbox on this machine can deliver */
	static async start(port = 0, publicUrl?: string): Promise<WebhookReceiver> {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
		const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
		const receiver = new WebhookReceiver(server, publicUrl ?? local);
		server.on('request', (request, reply) => {
			const parts: Buffer[] = [];
			request.on('data', (part: Buffer) => parts.push(part));
			request.on('end', () => {
				receiver.received.push({ headers: request.headers, body: Buffer.concat(parts) });
				reply.statusCode = receiver.received.length === 1 ? 500 : 200;
				reply.end();
			});
		});
		return receiver;
	}

	close(): Promise<void> {
		return new Promise((resolve) => this.server.close(() => resolve()));
	}
}
