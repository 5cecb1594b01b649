// Bodies of webhooks as Shopify sends them, shortened.
#pragma once

namespace aiva::test {

inline const char* const kOrder = R"({
"id":9007199254740993,"admin_graphql_api_id":"gid://shopify/Order/9007199254740993","name":"#1042","email":"ada@mail.example",
"contact_email":"other@mail.example","phone":null,"note":"Leave it\nat the door","tags":"gift,  first order ,,",
"currency":"EUR","financial_status":"partially_refunded","fulfillment_status":"partial","cancel_reason":null,
"order_status_url":"https://acme.example/o/1","created_at":"2026-11-01T10:00:00+01:00","updated_at":"2026-11-20T12:30:00Z",
"processed_at":"2026-11-01T10:00:01+01:00","cancelled_at":null,"closed_at":null,
"current_total_price":"80.00","current_subtotal_price":"70.00","current_total_tax":"12.77","current_total_discounts":"10.00",
"total_shipping_price_set":{"shop_money":{"amount":"10.00","currency_code":"EUR"}},
"customer":{"id":77,"tags":"x"},
"shipping_address":{"name":"Ada Brown","company":null,"address1":"Allee 1","address2":"","city":"Hamburg","province_code":null,"zip":"20095","country":"Germany"},
"line_items":[
 {"id":1,"admin_graphql_api_id":"gid://shopify/LineItem/1","title":"Lamp","variant_title":"Brass","sku":"L-1","quantity":2,"current_quantity":1,"variant_id":500,"price":"40.00","total_discount":"10.00"},
 {"id":2,"title":"Note","variant_title":null,"sku":null,"quantity":1,"variant_id":null,"price":"0.00"}],
"fulfillments":[{"id":31,"name":"#1042.1","status":"success","shipment_status":"in_transit","created_at":"2026-11-02T08:00:00Z","updated_at":"2026-11-03T08:00:00Z",
 "tracking_company":"DHL","tracking_numbers":["A1","B2"],"tracking_urls":["https://dhl.example/A1"]},
 {"id":32,"name":"#1042.2","status":"success","shipment_status":null,"created_at":"2026-11-02T08:00:00Z","updated_at":"2026-11-03T08:00:00Z","tracking_numbers":[]}],
"refunds":[{"id":41,"created_at":"2026-11-10T08:00:00Z","note":"scratched","transactions":[
 {"kind":"refund","status":"success","amount":"19.50"},{"kind":"refund","status":"failure","amount":"5.00"},{"kind":"sale","status":"success","amount":"7.00"}]}]})";

inline const char* const kProduct =
    R"({"id":9,"title":"Lamp","handle":"lamp","status":"active","vendor":"Licht","product_type":"Lighting",
"tags":"brass, new","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-11-20T00:00:00Z",
"variants":[{"id":500,"title":"Brass","sku":"L-1","barcode":"123","price":"40.00","inventory_quantity":-2,"updated_at":"2026-11-19T00:00:00Z"}]})";

inline const char* const kCustomer =
    R"({"id":706405506930370084,"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-11-20T00:00:00Z",
"first_name":"Bob","last_name":"Biller","state":"disabled","note":null,"email":"bob@biller.com","phone":null,"currency":"USD",
"admin_graphql_api_id":"gid://shopify/Customer/706405506930370084"})";

} // namespace aiva::test
