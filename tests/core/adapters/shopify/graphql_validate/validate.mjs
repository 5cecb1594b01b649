// Validates every document of resources/graphql against Shopify's own schema of the version in documents.h, and the bulk
// documents against the rules that only the bulk runner enforces. Run by ctest:
//   node validate.mjs <source folder> <work folder>
// The schema comes from the npm package of Shopify (ISC licence) and is kept in the work folder.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const [source, work] = process.argv.slice(2);
const settings = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).aiva;

function skip(reason) {
  console.log(`aiva-skip: ${reason}`);
  process.exit(0);
}

function npm(...args) {
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return execFileSync(command, args, { cwd: work, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
}

const apiVersion = /kShopifyApiVersion\[\] = "([^"]+)"/
  .exec(readFileSync(join(source, 'core/adapters/store/shopify/documents.h'), 'utf8'))[1];
const schemaFile = join(work, `admin_${apiVersion}.json.gz`);

function fetchPackages() {
  mkdirSync(work, { recursive: true });
  try {
    npm('--version');
  } catch {
    skip('npm absent');
  }
  try {
    if (!existsSync(join(work, 'node_modules/graphql/package.json'))) {
      copyFileSync(join(here, 'package.json'), join(work, 'package.json'));
      npm('install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund');
    }
    if (existsSync(schemaFile)) return;
    const archive = join(work, JSON.parse(npm('pack', '--json', settings.schemaPackage))[0].filename);
    const digest = createHash('sha256').update(readFileSync(archive)).digest('hex');
    if (digest !== settings.schemaPackageSha256) throw new Error('the schema package is not the pinned one');
    const inside = `package/dist/data/admin_${apiVersion}.json.gz`;
    execFileSync('tar', ['xzf', archive, inside], { cwd: work });
    renameSync(join(work, inside), schemaFile);
    rmSync(archive);
  } catch (error) {
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network/i.test(`${error.stderr} ${error.message}`))
      skip('the npm registry cannot be reached');
    throw error;
  }
}
fetchPackages();

const graphql = createRequire(join(work, 'package.json'))('graphql');
const introspection = JSON.parse(gunzipSync(readFileSync(schemaFile)));
const schema = graphql.buildClientSchema(introspection.data);
const rules = [...graphql.specifiedRules, graphql.NoDeprecatedCustomRule];

// C4: reading needs no more than these.
const grantedScopes = ['read_customers', 'read_orders', 'read_products'];
const scopesOf = new Map(introspection.offline_scopes.items.map((item) => [
  item.type === 'type' ? item.typeName : `${item.typeName}.${item.fieldName}`, item.offlineScopes]));

const isConnection = (type) => graphql.getNamedType(type)?.name.endsWith('Connection') ?? false;
const isList = (type) => graphql.isListType(graphql.getNullableType(type));
const fieldsOf = (selectionSet) => selectionSet?.selections ?? [];
const keyOf = (field) => field.alias?.value ?? field.name.value;

function checkScopes(document, report) {
  const info = new graphql.TypeInfo(schema);
  graphql.visit(document, graphql.visitWithTypeInfo(info, {
    Field() {
      const type = graphql.getNamedType(info.getType())?.name;
      const field = `${info.getParentType()?.name}.${info.getFieldDef()?.name}`;
      for (const [what, scopes] of [[field, scopesOf.get(field)], [type, scopesOf.get(type)]])
        if (scopes?.length && !scopes.some((scope) => grantedScopes.includes(scope)))
          report(`${what} needs one of ${scopes.join(', ')}`);
    },
  }));
}

// What the bulk runner refuses although the schema allows it.
function checkBulk(operation, report) {
  if (operation.variableDefinitions.length > 0) report('a bulk query takes no variables');
  const roots = fieldsOf(operation.selectionSet);
  if (roots.length !== 1) report('a bulk query has one top-level field');
  let connections = 0;
  const walk = (field, parentType, depth, insideList) => {
    const definition = parentType.getFields()[field.name.value];
    if (!definition) return;
    const type = graphql.getNamedType(definition.type);
    let nextDepth = depth;
    if (isConnection(definition.type)) {
      connections += 1;
      nextDepth += 1;
      if (insideList) report(`connection ${field.name.value} inside a list`);
      for (const child of fieldsOf(field.selectionSet))
        if (child.name.value !== 'edges') report(`${field.name.value} selects ${child.name.value}; only edges is allowed`);
      if (nextDepth > 3) report(`connection ${field.name.value} is nested too deeply`);
    }
    if (type.name.endsWith('Edge'))
      for (const child of fieldsOf(field.selectionSet))
        if (child.name.value !== 'node') report(`an edge selects ${child.name.value}; only node is allowed`);
    const children = fieldsOf(field.selectionSet);
    if (field.name.value === 'node' && children.some((child) => containsConnection(child, type)) &&
        !children.some((child) => child.name.value === 'id' && !child.alias))
      report('the parent of a nested connection selects no plain id');
    const listed = insideList || (isList(definition.type) && field.name.value !== 'edges');
    for (const child of children) if (child.kind === 'Field') walk(child, type, nextDepth, listed);
  };
  const query = schema.getQueryType();
  for (const root of roots) {
    if (['node', 'nodes'].includes(root.name.value)) report(`top-level ${root.name.value} is refused`);
    walk(root, query, 0, false);
  }
  if (connections === 0) report('a bulk query needs a connection');
  if (connections > 5) report(`${connections} connections; five are allowed`);
}

function containsConnection(field, parentType) {
  const definition = parentType.getFields?.()[field.name.value];
  if (!definition) return false;
  if (isConnection(definition.type)) return true;
  const type = graphql.getNamedType(definition.type);
  return fieldsOf(field.selectionSet).some((child) => containsConnection(child, type));
}

// The node selections of a document as text, so that the paged and the bulk form can be compared.
function recordFields(document, rootField, childField) {
  const root = document.definitions[0].selectionSet.selections.find((field) => field.name.value === rootField);
  const nodeOf = (field) => {
    const holder = fieldsOf(field.selectionSet).find((child) => ['nodes', 'edges'].includes(child.name.value));
    return holder.name.value === 'nodes' ? holder : fieldsOf(holder.selectionSet)[0];
  };
  const node = childField && fieldsOf(root.selectionSet).some((field) => field.name.value === childField) ? root : nodeOf(root);
  const own = fieldsOf(node.selectionSet).filter((field) => keyOf(field) !== childField).map(graphql.print);
  const child = fieldsOf(node.selectionSet).find((field) => keyOf(field) === childField);
  return { own, child: child ? fieldsOf(nodeOf(child).selectionSet).map(graphql.print) : [] };
}

function problemsOf(name, text) {
  const problems = [];
  const report = (problem) => problems.push(problem);
  let document;
  try {
    document = graphql.parse(text);
  } catch (error) {
    return [error.message];
  }
  for (const error of graphql.validate(schema, document, rules, { maxErrors: 50 })) report(error.message);
  const operations = document.definitions.filter((definition) => definition.kind === 'OperationDefinition');
  if (document.definitions.length !== 1 || operations.length !== 1) return [...problems, 'one operation a file'];
  const expected = name.split('_').map((word) => word[0].toUpperCase() + word.slice(1)).join('');
  if (operations[0].name?.value !== expected) report(`the operation is not called ${expected}`);
  checkScopes(document, report);
  if (/^bulk_(?!start|status|cancel)/.test(name)) {
    checkBulk(operations[0], report);
    const body = text.split('\n').filter((line) => !line.startsWith('#')).join('\n');
    if (body.split('"%filter%"').length !== 2) report('the search text has no place, or several');
  }
  return problems;
}

const expectedDocuments = [
  'bulk_cancel', 'bulk_customers', 'bulk_orders', 'bulk_products', 'bulk_start', 'bulk_status', 'customers_by_id',
  'customers_count', 'customers_marks', 'customers_page', 'order_items_page', 'orders_by_id', 'orders_count',
  'orders_marks', 'orders_page', 'product_variants_page', 'products_by_id', 'products_count', 'products_marks',
  'products_page', 'shop', 'webhook_create', 'webhook_delete', 'webhook_update', 'webhooks_page'];

// Documents that must be refused: proof that the checks above can fail.
const bulk = (body) => `query BulkOrders { ${body} }`;
const mustFail = [
  ['deprecated field', 'x', 'query X { shop { id plan { displayName } } }', /deprecated/],
  ['unknown field', 'x', 'query X { shop { nope } }', /Cannot query field/],
  ['wrong argument type', 'x', 'query X { orders(first: "1") { nodes { id } } }', /Int cannot represent/],
  ['unused variable', 'x', 'query X($a: Int) { shop { id } }', /never used/],
  ['two operations', 'x', 'query X { shop { id } } query Y { shop { id } }', /one operation/],
  ['other name', 'x', 'query Y { shop { id } }', /not called X/],
  ['scope we do not ask for', 'x', 'query X { draftOrders(first: 1) { nodes { id } } }', /read_draft_orders/],
  ['nodes in bulk', 'bulk_orders', bulk('orders(query: "%filter%") { nodes { id } }'), /only edges/],
  ['cursor in bulk', 'bulk_orders', bulk('orders(query: "%filter%") { edges { cursor node { id } } }'), /only node/],
  ['no id', 'bulk_orders', bulk('orders(query: "%filter%") { edges { node { name lineItems { edges { node { id } } } } } }'), /no plain id/],
  ['aliased id', 'bulk_orders', bulk('orders(query: "%filter%") { edges { node { a: id lineItems { edges { node { id } } } } } }'), /no plain id/],
  ['no connection', 'bulk_orders', bulk('shop { id name }'), /needs a connection/],
  ['two roots', 'bulk_orders', bulk('orders(query: "%filter%") { edges { node { id } } } customers { edges { node { id } } }'), /one top-level/],
  ['node at the top', 'bulk_orders', bulk('node(id: "gid://shopify/Order/1") { id }'), /top-level node/],
  ['connection in a list', 'bulk_orders', bulk('orders(query: "%filter%") { edges { node { id fulfillments { fulfillmentLineItems { edges { node { id } } } } } } }'), /inside a list/],
  ['four levels', 'bulk_orders', bulk('customers(query: "%filter%") { edges { node { id orders { edges { node { id returns { edges { node { id refunds { edges { node { id } } } } } } } } } } } }'), /too deeply/],
  ['six connections', 'bulk_orders', bulk('orders(query: "%filter%") { edges { node { id a: lineItems { edges { node { id } } } b: lineItems { edges { node { id } } } c: lineItems { edges { node { id } } } d: lineItems { edges { node { id } } } e: lineItems { edges { node { id } } } } } }'), /6 connections/],
  ['variables in bulk', 'bulk_orders', 'query BulkOrders($q: String) { orders(query: $q) { edges { node { id } } } }', /takes no variables/],
];

let failures = 0;
function fail(message) {
  failures += 1;
  console.log(`FAIL ${message}`);
}

const folder = join(source, 'resources/graphql');
const texts = new Map(readdirSync(folder).filter((file) => file.endsWith('.graphql')).sort()
  .map((file) => [file.slice(0, -'.graphql'.length), readFileSync(join(folder, file), 'utf8')]));
for (const name of expectedDocuments) if (!texts.has(name)) fail(`${name}.graphql is missing`);
for (const [name, text] of texts) {
  if (!expectedDocuments.includes(name)) fail(`${name}.graphql is not known here`);
  for (const problem of problemsOf(name, text)) fail(`${name}.graphql: ${problem}`);
}

for (const [what, name, text, expected] of mustFail) {
  const problems = problemsOf(name, text);
  if (!problems.some((problem) => expected.test(problem))) fail(`not refused: ${what} (${problems.join('; ')})`);
}

const parsed = (name) => graphql.parse(texts.get(name) ?? 'query Missing { shop { id } }');
for (const [root, child] of [['customers', null], ['orders', 'lineItems'], ['products', 'variants']]) {
  const page = JSON.stringify(recordFields(parsed(`${root}_page`), root, child));
  const file = JSON.stringify(recordFields(parsed(`bulk_${root}`), root, child));
  if (page !== file) fail(`${root}: the page and the bulk file select different fields`);
}
for (const [name, owner, child, page, root] of [
  ['order_items_page', 'order', 'lineItems', 'orders_page', 'orders'],
  ['product_variants_page', 'product', 'variants', 'products_page', 'products']]) {
  const more = JSON.stringify(recordFields(parsed(name), owner, child).child);
  if (more !== JSON.stringify(recordFields(parsed(page), root, child).child))
    fail(`${name}: selects other fields than ${page}`);
}

console.log(`${texts.size} documents valid against ${apiVersion}, ${mustFail.length} bad ones refused, ${failures} failures`);
process.exit(failures === 0 ? 0 : 1);
