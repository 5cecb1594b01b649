#include "core/answer/playbooks/playbook_file.h"

#include "core/answer/playbooks/playbook_text.h"
#include "core/domain/answering/names_table.h"

#include <QHash>
#include <QSet>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

constexpr NamesTable<OrderKnown, 3> kOrderKnown{
    {{OrderKnown::Known, u"known"}, {OrderKnown::Unclear, u"unclear"}, {OrderKnown::Unknown, u"unknown"}}};
constexpr NamesTable<OrderStage, 5> kStages{{{OrderStage::Unfulfilled, u"unfulfilled"},
                                             {OrderStage::Partial, u"partial"},
                                             {OrderStage::Shipped, u"shipped"},
                                             {OrderStage::Delivered, u"delivered"},
                                             {OrderStage::Cancelled, u"cancelled"}}};
constexpr NamesTable<ParcelCount, 2> kParcels{{{ParcelCount::One, u"one"}, {ParcelCount::Several, u"several"}}};
constexpr NamesTable<TrackingKnown, 2> kTracking{
    {{TrackingKnown::Complete, u"complete"}, {TrackingKnown::Missing, u"missing"}}};
constexpr NamesTable<OrderAge, 2> kAge{
    {{OrderAge::WithinHandlingTime, u"within_handling_time"}, {OrderAge::Late, u"late"}}};
constexpr NamesTable<ReturnWindow, 2> kReturnWindow{
    {{ReturnWindow::Inside, u"inside"}, {ReturnWindow::Outside, u"outside"}}};

// Sets what a value says; false when it says nothing known.
using Setter = bool (*)(Playbook&, const QString& value);

template <auto member, const auto& table>
bool setWord(Playbook& playbook, const QString& value) {
    playbook.conditions.*member = valueIn(table, value);
    return (playbook.conditions.*member).has_value();
}

template <typename T, typename Read>
bool setWords(std::vector<T>& into, const QString& value, Read read) {
    for (const QString& word : value.split(u' ', Qt::SkipEmptyParts)) {
        const std::optional<T> one = read(word);
        if (!one || std::find(into.begin(), into.end(), *one) != into.end()) return false;
        into.push_back(*one);
    }
    return !into.empty();
}

bool setName(Playbook& playbook, const QString& value) {
    playbook.name = value;
    return !value.isEmpty();
}

bool setIntents(Playbook& playbook, const QString& value) {
    return setWords(playbook.conditions.intents, value, intentFromWord);
}

bool setStages(Playbook& playbook, const QString& value) {
    return setWords(playbook.conditions.stages, value, [](const QString& word) { return valueIn(kStages, word); });
}

bool setConfidence(Playbook& playbook, const QString& value) {
    bool ok = false;
    playbook.confidence = value.toDouble(&ok);
    return ok && playbook.confidence > 0 && playbook.confidence <= 1;
}

bool setCard(Playbook& playbook, const QString& value) {
    playbook.showsCard = value == u"order"_s;
    return playbook.showsCard || value == u"none"_s;
}

bool setNeedsPerson(Playbook& playbook, const QString& value) {
    playbook.needsPerson = value == u"yes"_s;
    return playbook.needsPerson || value == u"no"_s;
}

bool setReason(Playbook& playbook, const QString& value) {
    playbook.reason = value;
    return !value.isEmpty();
}

Setter setterOf(const QString& key) {
    static const QHash<QString, Setter> setters{
        {u"name"_s, setName},
        {u"intent"_s, setIntents},
        {u"confidence"_s, setConfidence},
        {u"order"_s, setWord<&PlaybookConditions::order, kOrderKnown>},
        {u"stage"_s, setStages},
        {u"parcels"_s, setWord<&PlaybookConditions::parcels, kParcels>},
        {u"tracking"_s, setWord<&PlaybookConditions::tracking, kTracking>},
        {u"age"_s, setWord<&PlaybookConditions::age, kAge>},
        {u"return_window"_s, setWord<&PlaybookConditions::returnWindow, kReturnWindow>},
        {u"card"_s, setCard},
        {u"needs_person"_s, setNeedsPerson},
        {u"reason"_s, setReason},
    };
    return setters.value(key);
}

// Reads one file line by line; the first thing it does not understand ends it.
class FileReader {
public:
    FileReader(QString fileName, const QString& content)
        : m_fileName(std::move(fileName)), m_lines(content.split(u'\n')) {}

    Result<Playbook> read() {
        AIVA_CHECK(readHeader());
        while (m_line < m_lines.size())
            AIVA_CHECK(readSection());
        AIVA_CHECK(checkWhole());
        return std::move(m_playbook);
    }

private:
    Error problem(const QString& what, qsizetype line) const {
        return Error{ErrorKind::Invalid, u"%1:%2: %3"_s.arg(m_fileName).arg(line + 1).arg(what)};
    }

    // The language of "[en]"; absent when the line is none.
    std::optional<QString> sectionOf(const QString& line) const {
        if (!line.startsWith(u'[') || line.startsWith("[["_L1) || !line.endsWith(u']')) return std::nullopt;
        return line.mid(1, line.size() - 2);
    }

    Result<void> readHeader() {
        QSet<QString> seen;
        for (; m_line < m_lines.size(); ++m_line) {
            const QString line = m_lines.at(m_line).trimmed();
            if (line.isEmpty() || line.startsWith(u'#')) continue;
            if (sectionOf(line)) return {};
            const qsizetype colon = line.indexOf(u':');
            if (colon < 0) return problem(u"expected \"key: value\" or a language in brackets"_s, m_line);
            const QString key = line.left(colon).trimmed();
            const Setter set = setterOf(key);
            if (!set) return problem(u"unknown key \"%1\""_s.arg(key), m_line);
            if (seen.contains(key)) return problem(u"\"%1\" stands twice"_s.arg(key), m_line);
            seen.insert(key);
            if (!set(m_playbook, line.mid(colon + 1).trimmed()))
                return problem(u"\"%1\" cannot be \"%2\""_s.arg(key, line.mid(colon + 1).trimmed()), m_line);
        }
        return {};
    }

    Result<void> readSection() {
        const qsizetype start = m_line;
        const QString language = *sectionOf(m_lines.at(m_line).trimmed());
        if (!playbookLanguages().contains(language)) return problem(u"unknown language \"%1\""_s.arg(language), start);
        if (m_playbook.texts.contains(language)) return problem(u"[%1] stands twice"_s.arg(language), start);
        QStringList lines;
        for (++m_line; m_line < m_lines.size() && !sectionOf(m_lines.at(m_line).trimmed()); ++m_line)
            lines.append(m_lines.at(m_line));
        const QString text = lines.join(u'\n').trimmed();
        if (const QString what = problemOfPlaybookText(text); !what.isEmpty())
            return problem(u"[%1] %2"_s.arg(language, what), start);
        m_playbook.texts.insert(language, text);
        return {};
    }

    Result<void> checkWhole() const {
        const qsizetype end = m_lines.size() - 1;
        const QString base = m_fileName.section(u'.', 0, 0);
        if (m_playbook.name != base) return problem(u"the name must be \"%1\""_s.arg(base), 0);
        if (m_playbook.conditions.intents.empty()) return problem(u"no intent"_s, end);
        if (m_playbook.confidence <= 0) return problem(u"no confidence"_s, end);
        if (m_playbook.needsPerson == m_playbook.reason.isEmpty())
            return problem(u"a reason belongs to needs_person: yes, and to nothing else"_s, end);
        for (const QString& language : playbookLanguages())
            if (!m_playbook.texts.contains(language)) return problem(u"no text in [%1]"_s.arg(language), end);
        return {};
    }

    QString m_fileName;
    QStringList m_lines;
    qsizetype m_line = 0;
    Playbook m_playbook;
};

} // namespace

const QStringList& playbookLanguages() {
    static const QStringList languages{u"en"_s, u"de"_s, u"fr"_s, u"es"_s};
    return languages;
}

Result<Playbook> parsePlaybook(const QString& fileName, const QString& content) {
    return FileReader(fileName, content).read();
}

} // namespace aiva
