import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";

/** A way to misbehave. */
export type Fault = "403" | "429" | "503" | "cut" | "half" | "drip" | "page" | "hang";

export interface Asked {
  readonly name: string;
  readonly status: number | Fault;
}

/** cdn.nba.com on loopback: documents by name with ETags, and faults by name, of which each request takes one. */
export class FeedServer {
  documents: Readonly<Record<string, unknown>>;
  readonly faults = new Map<string, Fault[]>();
  /** What was asked for and how it was answered. */
  readonly asked: Asked[] = [];
  /** Called when a slow answer has begun: whoever has a deadline may let it pass. */
  onDrip: () => void = () => undefined;
  /** Called when a request is left without any answer. */
  onHang: (name: string) => void = () => undefined;
  readonly #server = createServer((request, response) => this.#answer(request, response));

  constructor(documents: Readonly<Record<string, unknown>>) {
    this.documents = documents;
  }

  async listen(): Promise<this> {
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/static/json`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** How often each name was asked for since the last call. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { name } of this.asked.splice(0)) counts[name] = (counts[name] ?? 0) + 1;
    return counts;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const name = basename(request.url ?? "");
    const fault = this.faults.get(name)?.shift();
    if (fault) {
      this.asked.push({ name, status: fault });
      this.#misbehave(fault, name, response);
      return;
    }
    const document = this.documents[name];
    const body = JSON.stringify(document);
    const etag = document === undefined ? undefined : `"${createHash("sha256").update(body).digest("hex")}"`;
    const status = !etag ? 404 : request.headers["if-none-match"] === etag ? 304 : 200;
    this.asked.push({ name, status });
    if (!etag || status === 304) response.writeHead(status).end();
    else response.writeHead(200, { ...json, etag }).end(body);
  }

  #misbehave(fault: Fault, name: string, response: ServerResponse): void {
    const body = JSON.stringify(this.documents[name] ?? { game: {} });
    const half = body.slice(0, body.length / 2);
    switch (fault) {
      case "429":
        response.writeHead(429, { "retry-after": "7" }).end();
        break;
      case "403":
      case "503":
        response.writeHead(Number(fault)).end();
        break;
      case "cut":
        response.writeHead(200, { ...json, "content-length": Buffer.byteLength(body) });
        response.write(half, () => response.destroy());
        break;
      case "half":
        response.writeHead(200, json).end(half);
        break;
      case "drip":
        response.writeHead(200, json);
        response.write(half.slice(0, 1), () => this.onDrip());
        break;
      case "page":
        response.writeHead(200, { "content-type": "text/html" }).end(body);
        break;
      case "hang":
        this.onHang(name);
        break;
    }
  }
}

const json = { "content-type": "application/json" };
