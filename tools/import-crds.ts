import { mkdirSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { amend } from './import-crds/amendments';
import { readCustomResources } from './import-crds/crd-files';
import { renderFieldSchemas } from './import-crds/field-schemas';
import { kubernetesTable } from './import-crds/kubernetes-openapi';
import { modules } from './import-crds/kinds';
import { customResourceTable, printTable } from './import-crds/schema-table';
import { renderModule } from './import-crds/typescript-module';

const root = join(__dirname, '..');

function write(path: string, text: string): void {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function main(args: string[]): void {
  const [crdDirectory, openApiDirectory] = args;
  if (!crdDirectory || args.length > 2) {
    throw new Error('usage: import-crds CRD_DIR [KUBERNETES_OPENAPI_V3_DIR]');
  }
  const resources = amend(readCustomResources(crdDirectory, modules));
  const outputs = new Map<string, string>();
  for (const module of modules) {
    const own = resources.filter((resource) => resource.group === module.group);
    outputs.set(`src/imports/${module.group}.ts`, renderModule(module, own));
  }
  outputs.set('src/imports/field-schemas.ts', renderFieldSchemas(resources));
  outputs.set('test/schemas/crds.json', printTable(customResourceTable(resources)));
  if (openApiDirectory) {
    outputs.set('test/schemas/kubernetes.json', printTable(kubernetesTable(openApiDirectory)));
  }
  // Everything is computed before anything is written, so that a failure leaves no mixture behind.
  outputs.forEach((text, path) => write(path, text));
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`import-crds: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
