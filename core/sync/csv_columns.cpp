#include "core/sync/csv_columns.h"

#include "core/sync/csv_field_names.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

static QStringList namesOf(const CsvFieldNames& names, Resource resource) {
    return QString::fromUtf16(resource == Resource::Orders ? names.orders : names.customers)
        .split(u' ', Qt::SkipEmptyParts);
}

QString toWord(CsvField field) {
    return QString::fromLatin1(kCsvFieldNames.at(static_cast<size_t>(field)).word);
}

std::optional<CsvField> csvFieldFrom(const QString& word) {
    for (const CsvFieldNames& names : kCsvFieldNames)
        if (word == QLatin1String(names.word)) return names.field;
    return std::nullopt;
}

QStringList csvFieldWords(Resource resource) {
    QStringList words;
    for (const CsvFieldNames& names : kCsvFieldNames)
        if (!namesOf(names, resource).isEmpty()) words << QString::fromLatin1(names.word);
    return words;
}

QString toWord(CsvFlavour flavour) {
    switch (flavour) {
    case CsvFlavour::Generic:
        break;
    case CsvFlavour::Shopify:
        return u"shopify"_s;
    case CsvFlavour::WooCommerce:
        return u"woocommerce"_s;
    case CsvFlavour::WooCommerceAnalytics:
        return u"woocommerce_analytics"_s;
    }
    return u"generic"_s;
}

static CsvFlavour flavourOf(Resource resource, const QStringList& plain) {
    const auto has = [&](std::initializer_list<QString> names) {
        return std::all_of(names.begin(), names.end(), [&](const QString& name) { return plain.contains(name); });
    };
    if (resource == Resource::Orders) {
        if (has({u"lineitemname"_s, u"financialstatus"_s})) return CsvFlavour::Shopify;
        if (has({u"nrevenue"_s, u"customertype"_s})) return CsvFlavour::WooCommerceAnalytics;
        if (has({u"billingemail"_s, u"ordertotal"_s}) || has({u"emailbilling"_s, u"ordertotalamount"_s}))
            return CsvFlavour::WooCommerce;
        return CsvFlavour::Generic;
    }
    if (has({u"acceptsemailmarketing"_s, u"totalorders"_s}) || has({u"defaultaddressaddress1"_s}))
        return CsvFlavour::Shopify;
    if (has({u"signup"_s, u"aov"_s})) return CsvFlavour::WooCommerceAnalytics;
    if (has({u"billingfirstname"_s, u"billingaddress1"_s})) return CsvFlavour::WooCommerce;
    return CsvFlavour::Generic;
}

Result<CsvColumns> CsvColumns::recognise(Resource resource, const std::vector<std::string>& header,
                                         const std::vector<CsvChoice>& choices) {
    CsvColumns columns;
    columns.m_index.fill(-1);
    for (const std::string& name : header) {
        columns.m_header << QString::fromStdString(name);
        columns.m_plain << plainColumnName(columns.m_header.back());
    }
    columns.m_flavour = flavourOf(resource, columns.m_plain);
    columns.choose(resource, choices);
    columns.find(resource);
    AIVA_CHECK(columns.checkNeeded(resource));
    return columns;
}

void CsvColumns::choose(Resource resource, const std::vector<CsvChoice>& choices) {
    for (const CsvChoice& choice : choices) {
        if (namesOf(kCsvFieldNames.at(static_cast<size_t>(choice.field)), resource).isEmpty()) continue;
        for (qsizetype i = 0; i < m_header.size(); ++i)
            if (m_header.at(i).compare(choice.column, Qt::CaseInsensitive) == 0)
                m_index.at(static_cast<size_t>(choice.field)) = static_cast<int>(i);
    }
}

void CsvColumns::find(Resource resource) {
    for (const CsvFieldNames& names : kCsvFieldNames) {
        int& index = m_index.at(static_cast<size_t>(names.field));
        if (index >= 0) continue;
        for (const QString& name : namesOf(names, resource)) {
            const auto found = static_cast<int>(m_plain.indexOf(name));
            // A column somebody chose for another field means that and nothing else.
            if (found < 0 || std::find(m_index.begin(), m_index.end(), found) != m_index.end()) continue;
            index = found;
            break;
        }
    }
    if (resource != Resource::Orders) return;
    for (qsizetype i = 0; i < m_plain.size(); ++i) {
        const QString& name = m_plain.at(i);
        bool isNumber = false;
        if (name.startsWith(u"lineitem"_s)) name.mid(8).toInt(&isNumber);
        if (isNumber) m_itemColumns.push_back(static_cast<size_t>(i));
    }
}

Result<void> CsvColumns::checkNeeded(Resource resource) const {
    const auto missing = [](const char* what, CsvField field) {
        return Error{ErrorKind::Invalid,
                     u"no column says %1; name it with --map %2=COLUMN"_s.arg(QLatin1String(what), toWord(field))};
    };
    if (resource == Resource::Customers) {
        if (flavourOf(Resource::Orders, m_plain) != CsvFlavour::Generic)
            return Error{ErrorKind::Invalid, u"this is an export of orders; name it with --orders"_s};
        if (!has(CsvField::Email) && !has(CsvField::CustomerKey) && !has(CsvField::Phone))
            return missing("whose e-mail a row has", CsvField::Email);
        return {};
    }
    if (!has(CsvField::OrderName) && !has(CsvField::OrderKey))
        return missing("the order's number", CsvField::OrderName);
    if (!has(CsvField::CreatedAt)) return missing("when the order was placed", CsvField::CreatedAt);
    if (!has(CsvField::Total) && m_flavour == CsvFlavour::WooCommerceAnalytics)
        return Error{ErrorKind::Invalid,
                     u"this report of WooCommerce Analytics has no order totals and no e-mail addresses: connect the "
                     u"store, or export its orders with an export plug-in"_s};
    if (!has(CsvField::Total)) return missing("the order's total", CsvField::Total);
    return {};
}

std::string_view CsvColumns::cell(const FileRow& row, CsvField field) const {
    const int index = indexOf(field);
    if (index < 0 || static_cast<size_t>(index) >= row.fields.size()) return {};
    return row.fields[static_cast<size_t>(index)];
}

QList<std::pair<QString, QString>> CsvColumns::used() const {
    QList<std::pair<QString, QString>> pairs;
    for (const CsvFieldNames& names : kCsvFieldNames)
        if (const int index = indexOf(names.field); index >= 0)
            pairs.append({QString::fromLatin1(names.word), m_header.at(index)});
    return pairs;
}

QStringList CsvColumns::unused() const {
    QStringList names;
    for (qsizetype i = 0; i < m_header.size(); ++i) {
        const bool isItem =
            std::find(m_itemColumns.begin(), m_itemColumns.end(), static_cast<size_t>(i)) != m_itemColumns.end();
        if (!isItem && std::find(m_index.begin(), m_index.end(), static_cast<int>(i)) == m_index.end())
            names << m_header.at(i);
    }
    return names;
}

} // namespace aiva
