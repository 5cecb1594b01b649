#include "core/answer/verify/phrase_table.h"

namespace aiva {

PhraseTable::PhraseTable(std::span<const PhraseRow> rows) {
    for (const PhraseRow& row : rows) {
        const QStringList phrases = QString::fromUtf16(row.phrases).split(u'|', Qt::SkipEmptyParts);
        for (QString phrase : phrases) {
            Entry entry;
            entry.isOpen = phrase.endsWith(u'*');
            if (entry.isOpen) phrase.chop(1);
            entry.words = phrase.split(u' ', Qt::SkipEmptyParts);
            entry.tag = row.tag;
            if (entry.isOpen && entry.words.size() == 1)
                m_openOnes.push_back(entry);
            else if (!entry.words.isEmpty())
                m_byFirst[entry.words.first()].push_back(entry);
        }
    }
}

bool PhraseTable::fits(const Entry& entry, const std::vector<Word>& words, size_t index) {
    const auto count = static_cast<size_t>(entry.words.size());
    if (index + count > words.size() || words[index + count - 1].sentence != words[index].sentence) return false;
    for (size_t i = 0; i < count; ++i) {
        const QString& word = words[index + i].folded;
        const QString& wanted = entry.words.at(static_cast<qsizetype>(i));
        if (entry.isOpen && i + 1 == count ? !word.startsWith(wanted) : word != wanted) return false;
    }
    return true;
}

std::optional<PhraseTable::Match> PhraseTable::at(const std::vector<Word>& words, size_t index) const {
    std::optional<Match> best;
    const auto consider = [&](const Entry& entry) {
        const int count = static_cast<int>(entry.words.size());
        if ((!best || count > best->words) && fits(entry, words, index)) best = Match{entry.tag, count};
    };
    const auto found = m_byFirst.constFind(words[index].folded);
    if (found != m_byFirst.constEnd())
        for (const Entry& entry : *found)
            consider(entry);
    for (const Entry& entry : m_openOnes)
        consider(entry);
    return best;
}

} // namespace aiva
