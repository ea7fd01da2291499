import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Services that browsers ask of their own accord, whatever their flags and preferences say, at their makers'. What pages
 * load things from there (fonts, programs, stored files) is none of them.
 */
const BROWSERS_OWN =
  /^(?!(?:fonts|ajax|storage|www)\.)(?:[\w-]+\.)*(?:google|googleapis|gvt1|mozilla|firefox|mozgcp)\.(?:com|net|org)$/;

/**
 * A proxy that lets nothing through and remembers who was asked for. A browser that uses it for all but loopback shows
 * every request that leaves the machine: a page's, a worker's, a service worker's, a font's, the browser's own.
 */
export class OtherOrigins {
  /** The address, or `host:port` of what is encrypted, in order; without what browsers ask of their own accord. */
  readonly asked: string[] = [];
  readonly port: number;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('request', (request, response) => {
      this.#remember(request.url ?? '');
      response.writeHead(403).end();
    });
    server.on('connect', (request, socket) => {
      this.#remember(request.url ?? '');
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
  }

  #remember(url: string): void {
    const { hostname } = new URL(url.includes('://') ? url : `https://${url}`);
    if (!BROWSERS_OWN.test(hostname)) this.asked.push(url);
  }

  static async listen(): Promise<OtherOrigins> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return new OtherOrigins(server);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}
