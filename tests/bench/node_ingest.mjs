// The peer a capable web developer would write in an afternoon: readline, JSON.parse, better-sqlite3, one transaction,
// a plain file. Same schema (the project's own migration), same rows, same full-text index.
//   node node_ingest.mjs SCHEMA.sql CUSTOMERS.jsonl ORDERS.jsonl OUT.db
import fs from 'node:fs';
import readline from 'node:readline';
import { createRequire } from 'node:module';

const [schema, customersFile, ordersFile, out] = process.argv.slice(2);
const Database = createRequire(`${process.cwd()}/`)('better-sqlite3');
const db = new Database(out);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
db.pragma('cache_size = -65536');
db.exec(fs.readFileSync(schema, 'utf8'));

for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type='trigger'").all()) db.exec(`DROP TRIGGER ${name}`);

const digits = { JPY: 0, KRW: 0, BHD: 3, KWD: 3 };
const minor = (money) => {
  const [whole, fraction = ''] = money.amount.split('.');
  const places = digits[money.currencyCode] ?? 2;
  return Number(whole + fraction.padEnd(places, '0').slice(0, places));
};
const time = (text) => (text ? Date.parse(text) : null);
const lines = (list) => (list ?? []).join('\n');
const places = (columns) => columns.split(',').map(() => '?').join(',');

db.prepare("INSERT INTO stores(id,kind,domain,name,status,created_at) VALUES(1,'shopify','bench','bench','connected',0)").run();
const newProfile = db.prepare('INSERT INTO profiles DEFAULT VALUES');
const profileOf = db.prepare('SELECT profile_id FROM profile_emails WHERE email=?').pluck();
const addEmail = db.prepare("INSERT OR IGNORE INTO profile_emails(email,profile_id,source) VALUES(?,?,'shop')");
const profileOfCustomer = db.prepare('SELECT profile_id FROM customers WHERE store_id=1 AND external_id=?').pluck();
const customerColumns = 'store_id,external_id,profile_id,display_name,first_name,last_name,email,phone,note,locale,state,tags,address_text,orders_count,spent_minor,currency,created_at,updated_at,content_hash';
const putCustomer = db.prepare(`INSERT INTO customers(${customerColumns}) VALUES(${places(customerColumns)})
  ON CONFLICT(store_id,external_id) DO UPDATE SET updated_at=excluded.updated_at`);
const orderColumns = 'store_id,external_id,profile_id,customer_external_id,awaits_customer,name,email,phone,note,financial_status,fulfillment_status,cancel_reason,status_page_url,shipping_address_text,tags,currency,total_minor,subtotal_minor,tax_minor,discounts_minor,shipping_minor,refunded_minor,created_at,updated_at,processed_at,cancelled_at,closed_at,content_hash';
const putOrder = db.prepare(`INSERT INTO orders(${orderColumns}) VALUES(${places(orderColumns)})
  ON CONFLICT(store_id,external_id) DO UPDATE SET updated_at=excluded.updated_at`);
const itemColumns = 'order_id,external_id,position,title,variant_title,sku,variant_external_id,quantity,current_quantity,unit_price_minor';
const putItem = db.prepare(`INSERT OR REPLACE INTO order_items(${itemColumns}) VALUES(${places(itemColumns)})`);
const fulfillmentColumns = 'order_id,external_id,position,name,status,display_status,created_at,updated_at,in_transit_at,delivered_at,estimated_delivery_at';
const putFulfillment = db.prepare(`INSERT OR REPLACE INTO fulfillments(${fulfillmentColumns}) VALUES(${places(fulfillmentColumns)})`);
const putTracking = db.prepare('INSERT OR REPLACE INTO trackings(order_id,fulfillment_external_id,position,company,number,url) VALUES(?,?,?,?,?,?)');
const putRefund = db.prepare('INSERT OR REPLACE INTO refunds(order_id,external_id,created_at,total_minor,note) VALUES(?,?,?,?,?)');

let rows = 0;
const orderIds = new Map();
function profileFor(email) {
  const key = (email ?? '').trim().toLowerCase();
  if (!key.includes('@')) return null;
  let profile = profileOf.get(key);
  if (!profile) {
    profile = newProfile.run().lastInsertRowid;
    addEmail.run(key, profile);
  }
  return profile;
}
function customer(r) {
  const email = r.defaultEmailAddress?.emailAddress ?? '';
  const profile = profileFor(email) ?? newProfile.run().lastInsertRowid;
  putCustomer.run(1, r.id, profile, r.displayName, r.firstName ?? '', r.lastName ?? '', email, r.defaultPhoneNumber?.phoneNumber ?? '',
    r.note ?? '', r.locale ?? '', r.state ?? '', lines(r.tags), lines(r.defaultAddress?.formatted), Number(r.numberOfOrders),
    minor(r.amountSpent), r.amountSpent.currencyCode, time(r.createdAt), time(r.updatedAt), 0);
}
function order(r) {
  const email = r.email ?? '';
  const profile = (r.customer && profileOfCustomer.get(r.customer.id)) ?? profileFor(email);
  const money = (bag) => minor(bag.shopMoney);
  const id = putOrder.run(1, r.id, profile, r.customer?.id ?? '', 0, r.name, email, r.phone ?? '', r.note ?? '', r.displayFinancialStatus ?? '',
    r.displayFulfillmentStatus ?? '', r.cancelReason ?? '', r.statusPageUrl ?? '', lines(r.shippingAddress?.formatted), lines(r.tags),
    r.currencyCode, money(r.currentTotalPriceSet), money(r.currentSubtotalPriceSet), money(r.currentTotalTaxSet),
    money(r.currentTotalDiscountsSet), money(r.currentShippingPriceSet), money(r.totalRefundedSet), time(r.createdAt), time(r.updatedAt),
    time(r.processedAt), time(r.cancelledAt), time(r.closedAt), 0).lastInsertRowid;
  orderIds.set(r.id, { id, next: 0 });
  (r.fulfillments ?? []).forEach((f, i) => {
    putFulfillment.run(id, f.id, i, f.name ?? '', f.status ?? '', f.displayStatus ?? '', time(f.createdAt), time(f.updatedAt),
      time(f.inTransitAt), time(f.deliveredAt), time(f.estimatedDeliveryAt));
    (f.trackingInfo ?? []).forEach((t, j) => putTracking.run(id, f.id, j, t.company ?? '', t.number ?? '', t.url ?? ''));
  });
  for (const f of r.refunds ?? []) putRefund.run(id, f.id, time(f.createdAt), money(f.totalRefundedSet), f.note ?? '');
}
const late = [];
function item(r) {
  const parent = orderIds.get(r.__parentId);
  if (!parent) return void late.push(r);
  putItem.run(parent.id, r.id, parent.next++, r.title, r.variantTitle ?? '', r.sku ?? '', r.variant?.id ?? '', r.quantity, r.currentQuantity,
    minor(r.discountedUnitPriceSet.shopMoney));
}
async function each(file, fn) {
  for await (const line of readline.createInterface({ input: fs.createReadStream(file), crlfDelay: Infinity })) {
    if (!line) continue;
    const record = JSON.parse(line);
    fn(record);
    ++rows;
  }
}

const started = process.hrtime.bigint();
db.exec('BEGIN');
await each(customersFile, customer);
await each(ordersFile, (r) => (r.__parentId ? item(r) : order(r)));
late.splice(0).forEach(item);
db.exec("INSERT INTO customers_fts(customers_fts) VALUES('rebuild'); INSERT INTO orders_fts(orders_fts) VALUES('rebuild')");
db.exec('COMMIT');
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
db.pragma('wal_checkpoint(TRUNCATE)');
db.close();
console.log(JSON.stringify({ peer: 'node', rows, seconds, rss_mb: Math.round(process.resourceUsage().maxRSS / 1024) }));
