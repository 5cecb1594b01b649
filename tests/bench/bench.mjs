// The benchmarks in one table: every figure beside its peer of the same run. Called by the target `bench`.
//   node bench.mjs BUILD_DIR SOURCE_DIR [--small]
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const [build, source, size] = process.argv.slice(2);
const scale = size === '--small' ? { customers: 10000, orders: 50000 } : { customers: 100000, orders: 500000 };
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'aiva-bench-'));
const bin = (name) => [path.join(build, 'bin', name), path.join(build, 'tests', name)].find((file) => fs.existsSync(file));
const run = (program, args, options = {}) =>
  execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'], ...options });
const lastJson = (text) => JSON.parse(text.trim().split('\n').at(-1));
const table = [];
const row = (what, figure, peer = '', ratio = '', target = '') => table.push({ what, figure, peer, ratio, target });

function rows(out) {
  for (const line of out.trim().split('\n')) {
    const { what, figure, peer = '', ratio = '', target = '' } = JSON.parse(line);
    row(what, figure, peer, ratio, target);
  }
}

function ingest() {
  const file = path.join(work, 'bulk');
  run(bin('aiva-sandbox'), ['--seed', '1', '--customers', `${scale.customers}`, '--orders', `${scale.orders}`, '--bulk', file]);
  const [customers, orders] = ['customers', 'orders'].map((resource) => `${file}.${resource}.jsonl`);
  const lines = Number(run('sh', ['-c', `cat "${customers}" "${orders}" | wc -l`]));
  const schema = path.join(source, 'resources/migrations/0001_first_light.sql');
  const fresh = (name) => {
    const dir = path.join(work, name);
    fs.rmSync(dir, { recursive: true, force: true });
    return dir;
  };
  const measure = (mode) => {
    const dir = fresh(mode);
    if (mode !== 'aiva') fs.mkdirSync(dir);
    if (mode !== 'node') return lastJson(run(bin('bench_ingest'), [mode, schema, customers, orders, dir]));
    return lastJson(run('node', [path.join(source, 'tests/bench/node_ingest.mjs'), schema, customers, orders, path.join(dir, 'node.db')], { cwd: nodeModules() }));
  };
  // Interleaved, so that a machine that drifts drifts for all; the median of three counts.
  const figures = { aiva: [], bare: [], node: [] };
  for (let i = 0; i < 3; ++i) for (const mode of Object.keys(figures)) figures[mode].push(measure(mode));
  const median = (mode) => figures[mode].sort((a, b) => a.seconds - b.seconds)[1];
  const [aiva, bare, node] = [median('aiva'), median('bare'), median('node')];
  const rate = (figure) => `${Math.round(lines / figure.seconds / 1000)} k lines/s, ${figure.seconds.toFixed(1)} s, ${figure.rss_mb} MB`;
  row(`bulk ingest, ${lines} lines`, rate(aiva), `bare C API: ${rate(bare)}`, `${(aiva.seconds / bare.seconds).toFixed(2)}× the time`, '≤ 1.5×');
  row('', '', `node: ${rate(node)}`, `${(node.seconds / aiva.seconds).toFixed(2)}× the speed`, '≥ 3×');
}

function nodeModules() {
  const dir = path.join(build, 'bench-node');
  if (!fs.existsSync(path.join(dir, 'node_modules/better-sqlite3'))) {
    fs.mkdirSync(dir, { recursive: true });
    fs.writeFileSync(path.join(dir, 'package.json'), '{"private":true}');
    run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', 'better-sqlite3@12'], { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return dir;
}

function desk() {
  const program = bin('bench_desk');
  if (!program) return;
  const full = size !== '--small';
  const dir = path.join(work, 'desk');
  const options = { env: { ...process.env, QT_QPA_PLATFORM: 'offscreen' } };
  const filled = run(program, ['fill', dir, full ? '1000000' : '50000', full ? '200000' : '10000'], options);
  const out =
    filled +
    run(program, ['measure', dir], options) +
    run(bin('bench_answers'), [dir], options) +
    run(bin('bench_verifier'), []) +
    run(bin('bench_sync'), ['grow', dir], options);
  rows(out);
}

function mail() {
  rows(run(bin('bench_mail'), [bin('aivactl'), size === '--small' ? '2000' : '10000']));
}

function webhooks() {
  const seconds = size === '--small' ? '5' : '60';
  rows(run(bin('bench_webhooks'), [path.join(work, 'webhooks'), seconds]));
  const onDesk = bin('bench_desk_webhooks');
  if (onDesk) rows(run(onDesk, [seconds], { env: { ...process.env, QT_QPA_PLATFORM: 'offscreen' } }));
}

function sync() {
  const options = { env: { ...process.env, AIVA_BIN_DIR: path.join(build, 'bin') } };
  rows(run(bin('bench_sync'), ['limit'], options));
  if (bin('aiva')) rows(run(bin('bench_sync'), ['idle', size === '--small' ? '60' : '180'], options));
}

try {
  ingest();
  mail();
  webhooks();
  sync();
  desk();
  const columns = ['what', 'figure', 'peer', 'ratio', 'target'];
  const width = Object.fromEntries(columns.map((c) => [c, Math.max(c.length, ...table.map((r) => r[c].length))]));
  const print = (r) => console.log(columns.map((c) => r[c].padEnd(width[c])).join('  ').trimEnd());
  print(Object.fromEntries(columns.map((c) => [c, c])));
  table.forEach(print);
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
