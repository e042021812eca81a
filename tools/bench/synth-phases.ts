/* eslint-disable @typescript-eslint/no-require-imports --
   a phase is timed by replacing its function in the very exports that src/synth calls, which `import * as` copies */
import refusedObjects = require('../../src/access/refused-objects');
import runChecks = require('../../src/checks/run-checks');
import viewClusters = require('../../src/clusters/view-clusters');
import clearSecrets = require('../../src/inventory/find-clear-secrets');
import foreignHosts = require('../../src/inventory/find-foreign-hosts');
import foreignSources = require('../../src/inventory/find-foreign-sources');
import lostMarkers = require('../../src/inventory/find-lost-markers');
import races = require('../../src/inventory/find-races');
import sharedCredentials = require('../../src/inventory/find-shared-credentials');
import strays = require('../../src/inventory/find-strays');
import twins = require('../../src/inventory/find-twins');
import takeInventory = require('../../src/inventory/take-inventory');
import committedObjects = require('../../src/repo/committed-objects');
import layout = require('../../src/repo/layout');
import planFiles = require('../../src/repo/plan-files');
import writeFiles = require('../../src/repo/write-files');
import yamlText = require('../../src/repo/yaml-text');
import verifyScripts = require('../../src/synth/verify-scripts');
import { PhaseClock } from './phase-clock';

/** Where one phase of a synthesis is entered. */
interface Seam {
  readonly phase: string;
  readonly room: any;
  readonly entry: string;
}

function seam<Room>(phase: string, room: Room, entry: keyof Room & string): Seam {
  return { phase, room, entry };
}

const SEAMS: readonly Seam[] = [
  seam('inventory', takeInventory, 'takeInventory'),
  seam('bounds', strays, 'findStrays'),
  seam('bounds', foreignHosts, 'findForeignHosts'),
  seam('bounds', foreignSources, 'findForeignSources'),
  seam('bounds', clearSecrets, 'findClearSecrets'),
  seam('bounds', twins, 'findTwins'),
  seam('bounds', lostMarkers, 'findLostMarkers'),
  seam('bounds', races, 'findRaces'),
  seam('bounds', sharedCredentials, 'findSharedCredentials'),
  seam('bounds', refusedObjects, 'findRefusedObjects'),
  seam('layout', layout, 'layOut'),
  seam('text', yamlText, 'yamlDocument'),
  seam('text', yamlText, 'documents'),
  seam('clusters', viewClusters, 'viewClusters'),
  seam('checks', runChecks, 'runChecks'),
  seam('scripts', verifyScripts, 'verifyScripts'),
  seam('read', planFiles, 'planFiles'),
  seam('tags', committedObjects, 'committedObjects'),
  seam('write', writeFiles, 'writeFiles'),
];

/** Runs `action`, which synthesizes, with every phase of it on the clock; what is in none of them is `rest`. */
export function timedSynthesis(clock: PhaseClock, action: () => void): void {
  const entries = SEAMS.map(({ room, entry }) => room[entry]);
  SEAMS.forEach(({ phase, room, entry }, index) => {
    room[entry] = (...args: unknown[]) => clock.during(phase, () => entries[index](...args));
  });
  try {
    clock.during('rest', action);
  } finally {
    SEAMS.forEach(({ room, entry }, index) => {
      room[entry] = entries[index];
    });
  }
}
