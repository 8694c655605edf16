import { Presets, SingleBar } from "cli-progress";
import type { CollectProgress } from "../ingest/nba-cdn/collect.ts";
import type { Terminal } from "./terminal.ts";

export interface FeedProgress {
  readonly onProgress: (progress: CollectProgress) => void;
  /** A document is asked for again after so many milliseconds. */
  readonly onWait: (name: string, reason: string, ms: number) => void;
  readonly stop: () => void;
}

/** A bar with ETA on a screen; in a pipe or a log a line per game. `now` in milliseconds. */
export function feedProgress(terminal: Terminal, now: () => number): FeedProgress {
  return terminal.interactive ? bar(terminal) : lines(terminal, now);
}

function bar(terminal: Terminal): FeedProgress {
  const bar = new SingleBar(
    {
      format: "{bar} {percentage}% | {value}/{total} games | ETA {eta_formatted} | {game}",
      hideCursor: true,
      // It would take the first Ctrl-C for itself.
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  // The screen gets its cursor back, and the signal ends the process as it would without a bar.
  const onSignal = (signal: NodeJS.Signals) => {
    stop();
    process.kill(process.pid, signal);
  };
  const stop = () => {
    bar.stop();
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  };
  return {
    onProgress: ({ gameId = "", done, games }) => {
      if (games === 0) return;
      if (done === 0) {
        process.on("SIGINT", onSignal);
        process.on("SIGTERM", onSignal);
        bar.start(games, 0, { game: gameId });
      } else bar.update(done, { game: gameId });
    },
    onWait: (name, reason, ms) => {
      const text = waiting(name, reason, ms);
      if (bar.isActive) bar.update({ game: text });
      else terminal.note(text);
    },
    stop,
  };
}

function lines(terminal: Terminal, now: () => number): FeedProgress {
  let started = 0;
  return {
    onProgress: ({ gameId, done, games }) => {
      if (gameId === undefined) return;
      if (done === 0) started = now();
      const left = done === 0 ? "" : `, ${timeLeft(((now() - started) / done) * (games - done))}`;
      terminal.note(`game ${done + 1} of ${games}: ${gameId}${left}`);
    },
    onWait: (name, reason, ms) => terminal.note(waiting(name, reason, ms)),
    stop: () => undefined,
  };
}

function waiting(name: string, reason: string, ms: number): string {
  const file = name.slice(name.lastIndexOf("/") + 1);
  return `${file}: ${reason}, again in ${(ms / 1000).toFixed(1)} s`;
}

function timeLeft(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`;
}
