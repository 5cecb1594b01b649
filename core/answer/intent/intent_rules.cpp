#include "core/answer/intent/intent_rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

constexpr int kGap = 4;

quint32 startOf(QStringView word) {
    return (quint32(word[0].unicode()) << 16) | (word.size() > 1 ? word[1].unicode() : 0);
}

Error invalid(const QString& why) {
    return Error{ErrorKind::Invalid, u"intent rules: "_s + why};
}

} // namespace

Result<void> IntentRules::add(const QString& language, const QString& file) {
    WordSets sets;
    bool hasSection = false;
    int number = 0;
    for (const QString& raw : file.split(u'\n')) {
        ++number;
        const QString line = raw.simplified();
        const auto where = [&](const Error& error) {
            return Error{error.kind, u"%1 (%2, line %3)"_s.arg(error.detail, language).arg(number)};
        };
        if (line.isEmpty() || line.startsWith(u'#')) continue;
        if (line.startsWith(u'[')) {
            const auto section = sectionOf(line.mid(1, line.size() - 2), language);
            if (!section) return where(section.error());
            m_sections.push_back(*section);
            hasSection = true;
        } else if (const qsizetype equals = line.indexOf(u'='); line.startsWith(u'@') && equals > 0) {
            const auto set = elementOf(line.mid(equals + 1).trimmed(), sets);
            if (!set) return where(set.error());
            QStringList all = set->words;
            for (const QString& beginning : set->beginnings)
                all.append(beginning + u'*');
            sets.insert(line.mid(1, equals - 1).trimmed(), all);
        } else {
            auto pattern = patternOf(line, sets);
            if (!pattern) return where(pattern.error());
            if (!hasSection) return where(invalid(u"a pattern before any section"_s));
            pattern->says = int(m_sections.size()) - 1;
            m_patterns.push_back(*std::move(pattern));
            index(int(m_patterns.size()) - 1);
        }
    }
    return {};
}

Result<IntentRules::Section> IntentRules::sectionOf(const QString& name, const QString& language) {
    Section section;
    section.language = language;
    section.forbids = name.startsWith("not "_L1);
    const QString word = section.forbids ? name.mid(4) : name;
    section.intent = intentFromWord(word);
    section.signal = handOverSignalFromWord(word);
    if (!section.intent && !section.signal && word != "injected"_L1) return invalid(u"unknown section "_s + name);
    return section;
}

Result<IntentRules::Pattern> IntentRules::patternOf(const QString& line, const WordSets& sets) {
    Pattern pattern;
    int gap = 0;
    for (const QString& part : line.split(u' ')) {
        if (part == "^"_L1) {
            pattern.fromStart = true;
            continue;
        }
        if (part == ".."_L1) {
            gap = kGap;
            continue;
        }
        auto element = elementOf(part, sets);
        if (!element) return element.error();
        element->gap = std::exchange(gap, 0);
        pattern.elements.push_back(*std::move(element));
    }
    if (pattern.elements.empty() || pattern.elements.front().isOptional || pattern.elements.front().gap > 0)
        return invalid(u"a pattern begins with a word that must be there"_s);
    return pattern;
}

Result<IntentRules::Element> IntentRules::elementOf(QString text, const WordSets& sets) {
    Element element;
    if (text.size() > 1 && text.endsWith(u'?')) {
        element.isOptional = true;
        text.chop(1);
    }
    QStringList alternatives;
    for (const QString& word : text.split(u'|')) {
        if (!word.startsWith(u'@'))
            alternatives.append(word);
        else if (sets.contains(word.mid(1)))
            alternatives += sets.value(word.mid(1));
        else
            return invalid(u"unknown set "_s + word);
    }
    for (const QString& word : alternatives) {
        const bool isBeginning = word.endsWith(u'*');
        const QString folded = foldedWord(isBeginning ? word.chopped(1) : word);
        if (folded.isEmpty() || (isBeginning && folded.size() < 2)) return invalid(u"an empty word"_s);
        (isBeginning ? element.beginnings : element.words).append(folded);
    }
    return element;
}

void IntentRules::index(int pattern) {
    const Element& first = m_patterns[size_t(pattern)].elements.front();
    for (const QString& word : first.words)
        m_byWord[word].push_back(pattern);
    for (const QString& beginning : first.beginnings)
        m_byBeginning[startOf(beginning)].push_back(pattern);
}

bool IntentRules::isWord(const Element& element, QStringView word) {
    return std::any_of(element.words.begin(), element.words.end(), [&](const QString& w) { return word == w; }) ||
           std::any_of(element.beginnings.begin(), element.beginnings.end(),
                       [&](const QString& b) { return word.startsWith(b); });
}

bool IntentRules::matches(const IntentWords& words, const Pattern& pattern, size_t element, size_t word) const {
    if (element == pattern.elements.size()) return true;
    const Element& wanted = pattern.elements[element];
    for (int skipped = 0; skipped <= wanted.gap && word + size_t(skipped) < words.words.size(); ++skipped) {
        const size_t at = word + size_t(skipped);
        if (isWord(wanted, words.at(at)) && matches(words, pattern, element + 1, at + 1)) return true;
        if (words.words[at].endsSentence) break;
    }
    return wanted.isOptional && matches(words, pattern, element + 1, word);
}

void IntentRules::hear(const IntentWords& words, size_t at, const std::vector<int>& patterns,
                       std::vector<bool>& said) const {
    const bool isStart = at == 0 || words.words[at - 1].endsSentence;
    for (const int candidate : patterns) {
        const Pattern& pattern = m_patterns[size_t(candidate)];
        if (said[size_t(pattern.says)] || (pattern.fromStart && !isStart)) continue;
        if (matches(words, pattern, 0, at)) said[size_t(pattern.says)] = true;
    }
}

RuleHits IntentRules::read(const IntentWords& words) const {
    std::vector<bool> said(m_sections.size());
    for (size_t i = 0; i < words.words.size(); ++i) {
        const QStringView word = words.at(i);
        const auto whole = m_byWord.constFind(QString::fromRawData(word.data(), word.size()));
        if (whole != m_byWord.constEnd()) hear(words, i, *whole, said);
        const auto begun = m_byBeginning.constFind(startOf(word));
        if (begun != m_byBeginning.constEnd()) hear(words, i, *begun, said);
    }
    return hitsOf(said);
}

RuleHits IntentRules::hitsOf(const std::vector<bool>& said) const {
    RuleHits hits;
    std::array<bool, kIntentCount> asserted{};
    std::array<bool, kIntentCount> forbidden{};
    QHash<QString, int> perLanguage;
    for (size_t i = 0; i < said.size(); ++i) {
        if (!said[i]) continue;
        const Section& section = m_sections[i];
        ++perLanguage[section.language];
        if (section.intent)
            (section.forbids ? forbidden : asserted)[size_t(*section.intent)] = true;
        else if (section.signal)
            hits.handOver.push_back(*section.signal);
        else
            hits.looksInjected = true;
    }
    for (size_t i = 0; i < asserted.size(); ++i)
        if (asserted[i] && !forbidden[i]) hits.intents.push_back(Intent(i));
    std::sort(hits.handOver.begin(), hits.handOver.end());
    hits.handOver.erase(std::unique(hits.handOver.begin(), hits.handOver.end()), hits.handOver.end());
    int most = 0;
    for (auto it = perLanguage.cbegin(); it != perLanguage.cend(); ++it) {
        if (it.value() < most || (it.value() == most && it.key() > hits.language)) continue;
        most = it.value();
        hits.language = it.key();
    }
    return hits;
}

} // namespace aiva
