#include "ui/models/search_model.h"

#include "ui/models/relative_time.h"

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr QChar matchBegins(u'\x02');
constexpr QChar matchEnds(u'\x03');

QString plain(QString snippet) {
    return snippet.remove(matchBegins).remove(matchEnds).simplified();
}
} // namespace

SearchModel::SearchModel(const Clock& clock, QObject* parent) : QAbstractListModel(parent), m_clock(clock) {}

void SearchModel::setHits(const std::vector<SearchHit>& hits) {
    beginResetModel();
    m_entries.clear();
    const std::pair<SearchHit::Kind, QString> groups[] = {{SearchHit::Kind::Order, tr("Orders")},
                                                          {SearchHit::Kind::Customer, tr("People")},
                                                          {SearchHit::Kind::Message, tr("Messages")}};
    for (const auto& [kind, heading] : groups) {
        bool first = true;
        for (const SearchHit& hit : hits) {
            if (hit.kind != kind) continue;
            if (std::exchange(first, false)) m_entries.push_back({heading, std::nullopt});
            m_entries.push_back({{}, hit});
        }
    }
    endResetModel();
}

int SearchModel::firstHit() const {
    return m_entries.empty() ? -1 : 1;
}

int SearchModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant SearchModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const Entry& row = entry(index.row());
    if (role == Qt::DisplayRole) return row.hit ? row.hit->title : row.heading;
    if (role != Qt::AccessibleTextRole) return {};
    if (!row.hit) return row.heading;
    return QStringList{row.hit->title, plain(row.hit->snippet), ageText(row.hit->at, m_clock.now())}.join(u", "_s);
}

Qt::ItemFlags SearchModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::NoItemFlags;
    return entry(index.row()).hit ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                                  : Qt::ItemNeverHasChildren;
}

std::vector<SnippetPart> snippetParts(const QString& snippet) {
    std::vector<SnippetPart> parts;
    QString text;
    bool matched = false;
    const auto close = [&](bool next) {
        if (!text.isEmpty()) parts.push_back({text, matched});
        text.clear();
        matched = next;
    };
    for (const QChar c : snippet) {
        if (c == matchBegins)
            close(true);
        else if (c == matchEnds)
            close(false);
        else
            text += c.isSpace() ? QChar(u' ') : c;
    }
    close(false);
    return parts;
}

} // namespace aiva
