#include "core/sync/files/csv_columns.h"

#include "core/sync/files/csv_field_names.h"

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

CsvColumns CsvColumns::of(Resource resource, const std::vector<std::string>& header,
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
    return columns;
}

void CsvColumns::choose(Resource resource, const std::vector<CsvChoice>& choices) {
    for (const CsvChoice& choice : choices) {
        if (choice.resource && *choice.resource != resource) continue;
        const auto field = static_cast<size_t>(choice.field.value_or(CsvField::Email));
        if (choice.field && namesOf(kCsvFieldNames.at(field), resource).isEmpty()) continue;
        for (qsizetype i = 0; i < m_header.size(); ++i) {
            if (m_header.at(i).compare(choice.column, Qt::CaseInsensitive) != 0) continue;
            if (choice.field)
                m_index.at(field) = static_cast<int>(i);
            else
                m_leftOut.push_back(i);
        }
    }
}

bool CsvColumns::follows(const CsvChoice& choice) const {
    for (qsizetype i = 0; i < m_header.size(); ++i) {
        if (m_header.at(i).compare(choice.column, Qt::CaseInsensitive) != 0) continue;
        if (choice.field ? indexOf(*choice.field) == static_cast<int>(i) : isLeftOut(i)) return true;
    }
    return false;
}

bool CsvColumns::isLeftOut(qsizetype column) const {
    return std::find(m_leftOut.begin(), m_leftOut.end(), column) != m_leftOut.end();
}

int CsvColumns::columnNamed(const QString& plainName) const {
    qsizetype found = m_plain.indexOf(plainName);
    while (found >= 0 && isLeftOut(found))
        found = m_plain.indexOf(plainName, found + 1);
    return static_cast<int>(found);
}

void CsvColumns::find(Resource resource) {
    for (const CsvFieldNames& names : kCsvFieldNames) {
        int& index = m_index.at(static_cast<size_t>(names.field));
        if (index >= 0) continue;
        for (const QString& name : namesOf(names, resource)) {
            const int found = columnNamed(name);
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
        if (isNumber && !isLeftOut(i)) m_itemColumns.push_back(static_cast<size_t>(i));
    }
}

std::optional<CsvField> CsvColumns::missing(Resource resource) const {
    if (resource == Resource::Customers) {
        const bool isKnown = has(CsvField::Email) || has(CsvField::CustomerKey) || has(CsvField::Phone);
        return isKnown ? std::nullopt : std::optional(CsvField::Email);
    }
    if (!has(CsvField::OrderName) && !has(CsvField::OrderKey)) return CsvField::OrderName;
    for (const CsvField field : {CsvField::CreatedAt, CsvField::Total})
        if (!has(field)) return field;
    return std::nullopt;
}

static QLatin1String whatSays(CsvField field) {
    switch (field) {
    case CsvField::OrderName:
        return "the order's number"_L1;
    case CsvField::CreatedAt:
        return "when the order was placed"_L1;
    case CsvField::Total:
        return "the order's total"_L1;
    default:
        return "whose e-mail a row has"_L1;
    }
}

Result<void> CsvColumns::isEnough(Resource resource) const {
    if (resource == Resource::Customers && flavourOf(Resource::Orders, m_plain) != CsvFlavour::Generic)
        return Error{ErrorKind::Invalid, u"this is an export of orders; name it with --orders"_s,
                     ErrorCause::OtherRecords};
    const std::optional<CsvField> field = missing(resource);
    if (!field) return {};
    if (*field == CsvField::Total && m_flavour == CsvFlavour::WooCommerceAnalytics)
        return Error{ErrorKind::Invalid,
                     u"this report of WooCommerce Analytics has no order totals and no e-mail addresses: connect the "
                     u"store, or export its orders with an export plug-in"_s,
                     ErrorCause::ReportOnly};
    return Error{ErrorKind::Invalid,
                 u"no column says %1; name it with --map %2=COLUMN"_s.arg(whatSays(*field), toWord(*field)),
                 ErrorCause::ColumnMissing};
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
