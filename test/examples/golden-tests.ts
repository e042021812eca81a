import * as path from 'path';
import { AuditVerdict, CheckProfile, Fleet } from '../../src';
import { auditProgram } from '../../src/synth/judged-program';
import { renderProgram } from '../../src/synth/render-program';
import { validateAgainstSchemas } from '../schemas/schema-table';
import { objectsIn, readTree, synthesized } from '../synthesized';

/**
 * Tests that `example` writes what was reviewed in `test/golden/<name>`, and nothing that the API server does not know.
 *
 * @returns what it writes
 */
export function goldenTests(name: string, example: Fleet): Map<string, string> {
  const golden = readTree(path.join(__dirname, '../golden', name));
  const written = synthesized(example);

  test(`writes the files of test/golden/${name}, and no others`, () => {
    expect([...written.keys()]).toEqual([...golden.keys()]);
  });

  test('has nothing that the strict checks find', () => {
    const report = auditProgram(renderProgram(example), CheckProfile.STRICT);
    expect([...report.errors, ...report.warnings]).toEqual([]);
    expect(report.verdict).toBe(AuditVerdict.PASSED);
  });

  test.each([...golden.keys()])('writes %s as it was reviewed', (file) => {
    expect(written.get(file)).toBe(golden.get(file));
  });

  test.each([...golden.keys()].filter((file) => file.endsWith('.yaml')))(
    'writes nothing to %s that the API server does not know',
    (file) => {
      const objects = objectsIn(golden.get(file));
      expect(objects.length).toBeGreaterThan(0);
      for (const object of objects) {
        expect(validateAgainstSchemas(object)).toEqual([]);
      }
    },
  );

  return written;
}
