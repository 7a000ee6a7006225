import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/node";

type Listener = (request: http.IncomingMessage, response: http.ServerResponse) => unknown;

/** For tests: an application that can be taken away and brought back on the same port. */
export class Application {
  private server: http.Server | undefined;
  private port = 0;
  private listener: Listener = unavailable;

  get url(): string {
    return `http://127.0.0.1:${this.port}/api/inngest`;
  }

  serve(client: Inngest, functions: InngestFunction.Any[]): void {
    this.listener = serve({ client, functions, enableUnauthedSync: false });
  }

  async open(): Promise<void> {
    const server = http.createServer((request, response) => void this.listener(request, response));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = portOf(server.address());
  }

  /** Drops every connection in the middle of what it carries, as a dying process does. */
  drop(): void {
    this.server?.closeAllConnections();
  }

  async close(): Promise<void> {
    const server = this.server;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
}

function unavailable(_: http.IncomingMessage, response: http.ServerResponse): void {
  response.writeHead(503).end();
}

const portOf = (address: AddressInfo | string | null) => (address && typeof address === "object" ? address.port : 0);
