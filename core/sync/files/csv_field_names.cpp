#include "core/sync/files/csv_field_names.h"

namespace aiva {

// Shopify: the admin's customer and order exports. WooCommerce: Analytics › Customers and › Orders, and the headers of
// the order and customer export plug-ins in common use (snake case, or "Email (Billing)").
const std::array<CsvFieldNames, kCsvFields> kCsvFieldNames{{
    {CsvField::CustomerKey, "customer_id",
     u"customerid id userid kundennummer kundennr kundenid numéroclient idclient idcliente",
     u"customerid customeruserid userid kundennummer kundennr"},
    {CsvField::FirstName, "first_name", u"firstname billingfirstname givenname vorname prénom prenom nombre", u""},
    {CsvField::LastName, "last_name",
     u"lastname billinglastname surname familyname nachname familienname nomdefamille apellidos apellido", u""},
    {CsvField::FullName, "name", u"name fullname customername displayname customer contact kunde kundenname nomcomplet",
     u""},
    {CsvField::OrdersCount, "orders_count",
     u"totalorders orderscount ordercount orders numberoforders bestellungen anzahlbestellungen commandes pedidos",
     u""},
    {CsvField::TotalSpent, "total_spent",
     u"totalspent totalspend amountspent moneyspent lifetimevalue ltv gesamtumsatz umsatz totaldépensé totalgastado",
     u""},
    {CsvField::OrderKey, "order_id", u"", u"id orderid bestellid idcommande idpedido"},
    {CsvField::OrderName, "order_name", u"",
     u"ordernumberformatted ordernumber order ordername orderno ordernr bestellnummer bestellnr auftragsnummer "
     u"numérodecommande commande númerodepedido pedido name"},
    {CsvField::Status, "status", u"", u"status orderstatus bestellstatus statut estado"},
    {CsvField::FinancialStatus, "financial_status", u"",
     u"financialstatus paymentstatus zahlungsstatus statutdepaiement estadodepago"},
    {CsvField::FulfillmentStatus, "fulfillment_status", u"",
     u"fulfillmentstatus shippingstatus deliverystatus shipmentstatus versandstatus lieferstatus"},
    {CsvField::Total, "total", u"",
     u"total ordertotal ordertotalamount totalamount grandtotal amount gesamtsumme gesamtbetrag gesamt summe "
     u"montanttotal totalttc importetotal"},
    {CsvField::Subtotal, "subtotal", u"", u"subtotal ordersubtotal ordersubtotalamount zwischensumme soustotal"},
    {CsvField::Tax, "tax", u"", u"taxes tax taxtotal ordertotaltaxamount totaltax mwst steuer vat tva iva"},
    {CsvField::Shipping, "shipping", u"",
     u"shipping shippingtotal ordershippingamount shippingcost shippingamount versand versandkosten fraisdeport "
     u"gastosdeenvío"},
    {CsvField::Discounts, "discounts", u"",
     u"discountamount discounttotal cartdiscountamount discount discounts rabatt remise descuento"},
    {CsvField::Refunded, "refunded", u"",
     u"refundedamount refundedtotal orderrefundamount refunded refundtotal erstattet remboursé reembolsado"},
    {CsvField::PaidAt, "paid_at", u"", u"paidat paiddate datepaid paymentdate bezahltam"},
    {CsvField::FulfilledAt, "fulfilled_at", u"",
     u"fulfilledat shippedat datecompleted completeddate shipdate shippingdate shippeddate versanddatum versandtam"},
    {CsvField::CancelledAt, "cancelled_at", u"", u"cancelledat canceledat cancelleddate storniertam"},
    {CsvField::TrackingNumber, "tracking_number", u"",
     u"trackingnumber trackingcode trackingid tracking sendungsnummer numérodesuivi númerodeseguimiento"},
    {CsvField::TrackingCompany, "tracking_company", u"",
     u"trackingcompany carrier trackingprovider shippingprovider versanddienstleister transporteur transportista"},
    {CsvField::TrackingUrl, "tracking_url", u"", u"trackingurl trackinglink sendungslink"},
    {CsvField::ItemName, "item_name", u"",
     u"lineitemname itemname productname lineitemtitle item product artikel artikelname produkt produit producto"},
    {CsvField::ItemVariant, "item_variant", u"", u"lineitemvariant itemvariant variant varianttitle variante"},
    {CsvField::ItemSku, "item_sku", u"", u"lineitemsku itemsku productsku sku artikelnummer référence referencia"},
    {CsvField::ItemQuantity, "item_quantity", u"",
     u"lineitemquantity itemquantity itemqty quantity qty quantityrefund menge anzahl quantité cantidad"},
    {CsvField::ItemPrice, "item_price", u"",
     u"lineitemprice itemprice itemcost unitprice price einzelpreis preis prixunitaire precio"},
    {CsvField::ItemTotal, "item_total", u"", u"itemtotal linetotal lineitemtotal positionssumme"},
    {CsvField::ItemDiscount, "item_discount", u"", u"lineitemdiscount itemdiscount"},
    {CsvField::Email, "email",
     u"email emailaddress useremail billingemail customeremail emailbilling mail emailadresse courriel "
     u"correoelectrónico correo",
     u"email billingemail emailbilling customeremail emailaddress mail emailadresse courriel correoelectrónico correo"},
    {CsvField::Phone, "phone",
     u"phone defaultaddressphone phonenumber billingphone phonebilling telephone mobile telefon telefonnummer "
     u"téléphone teléfono",
     u"phone shippingphone billingphone phonebilling phonenumber telephone telefon téléphone teléfono"},
    {CsvField::Note, "note", u"note notes notiz bemerkung remarque nota",
     u"notes note customernote ordernote notiz bemerkung remarque nota"},
    {CsvField::Tags, "tags", u"tags schlagworte étiquettes etiquetas", u"tags schlagworte étiquettes etiquetas"},
    {CsvField::CurrencyCode, "currency", u"currency currencycode währung devise moneda",
     u"currency ordercurrency currencycode währung devise moneda"},
    {CsvField::CreatedAt, "created_at",
     u"createdat signup dateregistered userregistered registered customersince created angelegtam kundeseit",
     u"createdat orderdate datecreated date created placedat bestelldatum datum datedecommande fecha"},
    {CsvField::UpdatedAt, "updated_at", u"updatedat datemodified modified geändertam",
     u"updatedat datemodified modifieddate modified geändertam"},
    {CsvField::AddressName, "address_name", u"", u"shippingname shiptoname recipient empfänger lieferadressename"},
    {CsvField::AddressFirstName, "address_first_name", u"", u"shippingfirstname firstnameshipping"},
    {CsvField::AddressLastName, "address_last_name", u"", u"shippinglastname lastnameshipping"},
    {CsvField::Company, "company", u"defaultaddresscompany company billingcompany firma société empresa",
     u"shippingcompany companyshipping"},
    {CsvField::Address1, "address1",
     u"defaultaddressaddress1 address1 billingaddress1 address street straße strasse adresse dirección",
     u"shippingaddress1 address12shipping shippingstreet shippingaddress lieferadresse"},
    {CsvField::Address2, "address2", u"defaultaddressaddress2 address2 billingaddress2 adresszusatz",
     u"shippingaddress2"},
    {CsvField::City, "city", u"defaultaddresscity city billingcity town ort stadt ville ciudad",
     u"shippingcity cityshipping"},
    {CsvField::Region, "region",
     u"defaultaddressprovincecode province provincecode billingstate state region bundesland provincia",
     u"shippingprovince shippingstate statecodeshipping"},
    {CsvField::PostalCode, "postal_code",
     u"defaultaddresszip zip zipcode postcode postalcode billingpostcode plz postleitzahl codepostal códigopostal",
     u"shippingzip shippingpostcode postcodeshipping"},
    {CsvField::Country, "country",
     u"defaultaddresscountrycode country countrycode countryregion billingcountry land pays país",
     u"shippingcountry countrycodeshipping"},
}};

QString plainColumnName(const QString& name) {
    QString plain;
    for (const QChar c : name.normalized(QString::NormalizationForm_C))
        if (c.isLetterOrNumber()) plain.append(c.toLower());
    return plain;
}

} // namespace aiva
