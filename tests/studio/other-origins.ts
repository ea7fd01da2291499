import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Hosts of the browsers' makers that browsers contact by themselves, whatever their flags and
 * preferences. Hosts that pages load things from (fonts, programs, stored files) are not among
 * them.
 */
const BROWSERS_OWN =
  /^(?!(?:fonts|ajax|storage|www)\.)(?:[\w-]+\.)*(?:google|googleapis|gvt1|mozilla|firefox|mozgcp)\.(?:com|net|org)$/;

/**
 * A proxy that refuses and records every request. A browser that uses it for everything but
 * loopback shows every request that would leave the machine: from pages, workers, service workers,
 * fonts and the browser itself.
 */
export class OtherOrigins {
  /**
   * The addresses requested, in order (`host:port` for encrypted ones), without the browsers' own
   * requests.
   */
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
