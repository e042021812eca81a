import fs from 'fs';
import { planFiles } from '../../src/repo/plan-files';
import { writeFiles } from '../../src/repo/write-files';
import { Death, dieAt } from './counted-calls';

/**
 * A program that writes a repository and dies of SIGKILL on the way:
 * `killed-writer <root> <files.json> <before | within> <number of the call>`.
 * It prints the calls it made when it lives to the end.
 */
const [root, files, where, number] = process.argv.slice(2);
const death = { where, number: Number(number) } as Death;
const { calls } = dieAt(death, () => process.kill(process.pid, 'SIGKILL') as never);

const wanted = JSON.parse(fs.readFileSync(files, 'utf8'));
writeFiles(planFiles('fleet-infra', wanted, root, {}));
process.stdout.write(JSON.stringify(calls));
