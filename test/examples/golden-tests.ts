import * as path from 'path';
import { Fleet } from '../../src';
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
