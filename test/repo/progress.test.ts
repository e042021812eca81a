import { Progress } from '../../src/repo/progress';

/** A stream that remembers what was written to it. */
function terminal(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) };
  return { written, stream: stream as unknown as NodeJS.WriteStream };
}

function step(progress: Progress, times: number): void {
  for (let i = 0; i < times; i++) {
    progress.step();
  }
}

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

test('a write of less than a second says nothing', () => {
  const { written, stream } = terminal(true);
  const progress = new Progress('out', 1000, stream);
  jest.advanceTimersByTime(1000);
  step(progress, 1000);
  progress.end();
  expect(written).toEqual([]);
});

test('a longer write counts on one line of the terminal, and ends it', () => {
  const { written, stream } = terminal(true);
  const progress = new Progress('out', 450, stream);
  step(progress, 150);
  jest.advanceTimersByTime(1001);
  step(progress, 50);
  jest.advanceTimersByTime(1001);
  step(progress, 250);
  progress.end();
  expect(written).toEqual([
    '\rout: 200/450 files',
    '\rout: 300/450 files',
    '\rout: 450/450 files\n',
  ]);
});

test('the terminal is written to at most ten times a second', () => {
  const { written, stream } = terminal(true);
  const progress = new Progress('out', 100_000, stream);
  jest.advanceTimersByTime(1001);
  for (let i = 0; i < 1000; i++) {
    jest.advanceTimersByTime(1);
    step(progress, 100);
  }
  expect(written.length).toBeGreaterThan(5);
  expect(written.length).toBeLessThanOrEqual(10);
});

test('a pipe is told nothing, however long it takes', () => {
  const { written, stream } = terminal(false);
  const progress = new Progress('out', 1000, stream);
  jest.advanceTimersByTime(60_000);
  step(progress, 1000);
  progress.end();
  expect(written).toEqual([]);
});
