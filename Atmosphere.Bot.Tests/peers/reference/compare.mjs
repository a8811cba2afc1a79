// Measures the whole job, file to names, against the reference library in one run, one core each: node compare.mjs FOLDER
// Build the program first (dotnet build -c Release in the root of the project). Prints one line of JSON a job, then the ratios.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const folder = path.resolve(process.argv[2]);
const here = import.meta.dirname;
const program = path.join(here, '../../../Atmosphere.Bot/bin/Release/net10.0/Atmosphere.Bot.dll');
const scratch = mkdtempSync(path.join(tmpdir(), 'atmosphere-compare-'));

const reference = () => JSON.parse(execFileSync('node', [path.join(here, 'bench.mjs'), '--seconds', '20', folder], { encoding: 'utf8' })).photosPerSecond;

function ours(...options) {
  const file = path.join(scratch, 'figures.json');
  const job = ['bench', 'photos', '--photos', folder, '--workers', '1', '--count', '84', '--json', file, '--data', scratch, ...options];
  execFileSync('dotnet', [program, ...job], { stdio: 'ignore' });
  return JSON.parse(readFileSync(file, 'utf8')).photosPerSecond;
}

try {
  for (let round = 1; round <= 2; round++) {
    const [slow, fast, thorough] = [reference(), ours('--fast'), ours()];
    console.log(JSON.stringify({
      round,
      photosPerSecond: { reference: slow, fast, default: thorough },
      timesTheReference: { fast: Number((fast / slow).toFixed(2)), default: Number((thorough / slow).toFixed(2)) },
    }));
  }
} finally {
  rmSync(scratch, { recursive: true });
}
