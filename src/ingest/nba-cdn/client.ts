import { BackfillError, messageOf } from "../../errors.ts";
import type { Cached, DocumentCache } from "./cache.ts";

/** Time and chance, handed in by the caller. */
export interface ClientEffects {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Aborts after so many milliseconds. */
  readonly deadline: (ms: number) => AbortSignal;
  /** A document is asked for again after so many milliseconds. */
  readonly onWait?: (name: string, reason: string, ms: number) => void;
}

/** A document; or none there, which is no fault; or no usable answer in all attempts. */
export type Answer =
  | { readonly json: unknown }
  /** `refused` where the feed may as well keep us out: its storage answers 403 for what it does not have. */
  | { readonly absent: string; readonly refused?: true }
  | { readonly failed: string };

export const LIMITS = {
  attempts: 5,
  /** Between the starts of two requests. */
  intervalMs: 600,
  /** For a whole answer, body included. */
  deadlineMs: 30_000,
  /** Doubled with every attempt, and of that half to all by chance. */
  firstWaitMs: 1_000,
  /** However long Retry-After asks for. */
  longestWaitMs: 120_000,
  /** A document of a finished game that was checked so recently is not asked for again. */
  freshMs: 24 * 3_600_000,
} as const;

/** What one attempt came to; `wait` is what the server asks for. */
type Attempt = Answer | { readonly retry: string; readonly wait?: number };

/** Asks for JSON documents one at a time: throttled, retried, conditional where one is in the cache. */
export class FeedClient {
  readonly #base: string;
  readonly #cache: DocumentCache;
  readonly #effects: ClientEffects;
  readonly #userAgent: string;
  #nextStart = 0;

  constructor(base: string, cache: DocumentCache, effects: ClientEffects, userAgent = "nba-backfill") {
    this.#userAgent = userAgent;
    this.#base = base.replace(/\/+$/, "");
    this.#cache = cache;
    this.#effects = effects;
  }

  /** `settled` says of a cached document that it will hardly change: while fresh it is not asked for again. */
  async get(name: string, settled: (json: unknown) => boolean = () => false): Promise<Answer> {
    const cached = this.#cache.read(name);
    if (cached && this.#effects.now() - cached.checkedAt < LIMITS.freshMs && settled(cached.json)) {
      return { json: cached.json };
    }
    let reason = "";
    for (let attempt = 1; attempt <= LIMITS.attempts; attempt++) {
      await this.#throttle();
      const result = await this.#attempt(name, cached);
      if (!("retry" in result)) return result;
      reason = result.retry;
      if (attempt === LIMITS.attempts) break;
      const backoff = LIMITS.firstWaitMs * 2 ** (attempt - 1) * (0.5 + this.#effects.random() / 2);
      const wait = Math.min(Math.max(result.wait ?? 0, backoff), LIMITS.longestWaitMs);
      this.#effects.onWait?.(name, reason, wait);
      await this.#effects.sleep(wait);
    }
    return { failed: `${reason}, in ${LIMITS.attempts} attempts` };
  }

  async #throttle(): Promise<void> {
    const wait = this.#nextStart - this.#effects.now();
    if (wait > 0) await this.#effects.sleep(wait);
    this.#nextStart = this.#effects.now() + LIMITS.intervalMs;
  }

  async #attempt(name: string, cached: Cached | undefined): Promise<Attempt> {
    try {
      const response = await fetch(`${this.#base}/${name}`, {
        headers: { accept: "application/json", "user-agent": this.#userAgent, ...conditions(cached) },
        signal: this.#effects.deadline(LIMITS.deadlineMs),
      });
      if (response.status === 304 && cached) {
        this.#cache.write(name, { ...cached, checkedAt: this.#effects.now() });
        return { json: cached.json };
      }
      if (response.status === 200) return await this.#document(name, response);
      await response.body?.cancel();
      return this.#refusal(response);
    } catch (error) {
      if (error instanceof BackfillError) throw error;
      const cause = error instanceof Error && error.cause ? ` (${messageOf(error.cause)})` : "";
      return { retry: `${messageOf(error)}${cause}` };
    }
  }

  /** Only what is JSON from end to end gets into the cache. */
  async #document(name: string, response: Response): Promise<Attempt> {
    const type = response.headers.get("content-type") ?? "no content type";
    if (!/\bjson\b/i.test(type)) {
      await response.body?.cancel();
      return { retry: `answered ${type} instead of JSON` };
    }
    const body = await response.text();
    let json: unknown;
    try {
      json = JSON.parse(body);
    } catch {
      return { retry: "answered broken JSON" };
    }
    this.#cache.write(name, {
      etag: response.headers.get("etag"),
      lastModified: response.headers.get("last-modified"),
      checkedAt: this.#effects.now(),
      body,
    });
    return { json };
  }

  #refusal(response: Response): Attempt {
    const { status } = response;
    if (status === 404) return { absent: "not there (HTTP 404)" };
    if (status === 403) return { absent: "not there, or refused (HTTP 403)", refused: true };
    if (status === 429 || status === 408 || status >= 500) {
      return { retry: `HTTP ${status}`, wait: this.#retryAfter(response.headers.get("retry-after")) };
    }
    return { failed: `HTTP ${status}` };
  }

  /** Seconds, or a date. */
  #retryAfter(text: string | null): number {
    if (!text) return 0;
    const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - this.#effects.now();
    return Number.isFinite(wait) ? Math.max(wait, 0) : 0;
  }
}

function conditions(cached: Cached | undefined): Record<string, string> {
  return {
    ...(cached?.etag ? { "if-none-match": cached.etag } : {}),
    ...(cached?.lastModified ? { "if-modified-since": cached.lastModified } : {}),
  };
}
