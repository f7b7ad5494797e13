/** A chat server on loopback, as far as n8n's Mattermost node asks it: its users, one channel, and the messages posted there. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ChatServer {
	url: string;
	/** As the node's list names it. */
	channel: string;
	/** The texts of the messages, the oldest first. */
	messages: string[];
	close(): Promise<void>;
}

const channel = {
	id: 'bills',
	name: 'bills',
	display_name: 'Bills',
	team_display_name: 'Office',
	type: 'O',
	delete_at: 0,
};

/** Starts the server on a free port. */
export async function startChatServer(): Promise<ChatServer> {
	const messages: string[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const reply = (body: unknown): void => void response.end(JSON.stringify(body));
			response.setHeader('content-type', 'application/json');
			const { pathname, searchParams } = new URL(request.url ?? '/', 'http://chat');
			if (pathname === '/api/v4/users') return reply([]);
			if (pathname === '/api/v4/channels') return reply(searchParams.get('page') === '0' ? [channel] : []);
			if (request.method !== 'POST' || pathname !== '/api/v4/posts') {
				response.statusCode = 404;
				return reply({ message: 'Not found' });
			}
			const post = JSON.parse(Buffer.concat(chunks).toString()) as { channel_id: string; message: string };
			messages.push(post.message);
			reply({ id: `post-${messages.length}`, ...post });
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		channel: `${channel.team_display_name} - ${channel.display_name} (public)`,
		messages,
		close: async () => {
			await new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			});
		},
	};
}
