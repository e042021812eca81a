import { spawnSync } from 'child_process';
import * as fs from 'fs';
import { parse } from 'yaml';
import { GitTarget, PullRequestWorkflow } from '../../src';
import { TARGET } from '../pipelines';
import { temporaryDirectory } from '../synthesized';

const workflow = parse(
  PullRequestWorkflow.github(GitTarget.pullRequestBranch({ ...TARGET, branch: 'trunk' })),
);
const job = workflow.jobs['pull-request'];

/** Runs the script with a `gh` that knows `open` pull requests and notes what it is asked. */
function run(open: number): string[] {
  const directory = temporaryDirectory();
  const script = `#!/bin/sh\necho "$*" >> "${directory}/asked"\ncase "$*" in *GET*) echo ${open};; esac\n`;
  fs.writeFileSync(`${directory}/gh`, script, { mode: 0o755 });
  const [step] = job.steps;
  const { status } = spawnSync('bash', ['-e', '-c', step.run], {
    env: {
      ...step.env,
      PATH: `${directory}:${process.env.PATH}`,
      OWNER: 'acme',
      REPOSITORY: 'acme/team-a',
    },
  });
  expect(status).toBe(0);
  return fs.readFileSync(`${directory}/asked`, 'utf8').trim().split('\n');
}

describe('the workflow for pull requests', () => {
  test('runs on the branch that the target pushes, and on nothing else', () => {
    expect(workflow.on).toEqual({ push: { branches: ['flux-image-updates'] } });
    expect(job.steps[0].env).toMatchObject({ BASE: 'trunk', HEAD: 'flux-image-updates' });
  });

  test('may do nothing but open pull requests, and runs no code of others', () => {
    expect(workflow.permissions).toEqual({});
    expect(job.permissions).toEqual({ 'pull-requests': 'write' });
    expect(job.steps.map((step: any) => step.uses)).toEqual([undefined]);
  });

  test('puts no expression into the script, which a branch or title could fill', () => {
    expect(job.steps[0].run).not.toContain('${{');
  });

  test('opens a pull request when there is none', () => {
    const [asked, opened] = run(0);
    expect(asked).toContain('repos/acme/team-a/pulls -f state=open -f base=trunk');
    expect(opened).toContain('repos/acme/team-a/pulls -f base=trunk -f head=flux-image-updates');
  });

  test('leaves one that is open as it is', () => {
    expect(run(1)).toHaveLength(1);
  });

  test('is not there for a target without review', () => {
    expect(() => PullRequestWorkflow.github(GitTarget.withoutReview(TARGET))).toThrow(
      "target 'image-updates' commits to 'main' without review",
    );
  });
});
