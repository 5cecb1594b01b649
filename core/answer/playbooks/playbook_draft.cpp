#include "core/answer/playbooks/order_situation.h"
#include "core/answer/playbooks/playbook_book.h"
#include "core/answer/playbooks/playbook_text.h"
#include "core/answer/playbooks/spoken_time.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

// Fills the variables of one case, each from its fact.
class ValueCollector {
public:
    ValueCollector(const PlaybookCase& playbookCase, const OrderSituation& situation, QString language)
        : m_case(playbookCase)
        , m_facts(playbookCase.facts)
        , m_situation(situation)
        , m_language(std::move(language))
        , m_zone(zoneOf(playbookCase.facts)) {}

    PlaybookValues collect() {
        addGreeting();
        addStore();
        if (m_situation.known != OrderKnown::Known) return m_values;
        addOrder();
        addDates();
        addParcels();
        return m_values;
    }

private:
    void add(const QString& variable, const QString& text, const Fact* fact) {
        if (fact && !text.isEmpty()) m_values.insert(variable, {text, {fact->id}});
    }

    // A name goes into a greeting only when it looks like one: what customers call themselves is theirs to choose.
    QString presentableFirstName() const {
        static const QRegularExpression shape(uR"(\A\p{L}[\p{L}\p{M}'’-]{0,29}(?: \p{L}[\p{L}\p{M}'’-]{0,29})?\z)"_s);
        const QString name = m_facts.customerFirstName;
        return shape.match(name).hasMatch() ? name : QString();
    }

    void addGreeting() {
        const auto names = m_facts.ofKind(FactKind::CustomerName);
        const QString name = names.empty() ? QString() : presentableFirstName();
        add(u"customer.first_name"_s, name, names.empty() ? nullptr : names.front());
        const bool isNamed = !name.isEmpty();
        QString greeting = isNamed ? u"Hi %1,"_s : u"Hello,"_s;
        if (m_language == u"de"_s) greeting = isNamed ? u"Hallo %1,"_s : u"Guten Tag,"_s;
        if (m_language == u"fr"_s) greeting = isNamed ? u"Bonjour %1,"_s : u"Bonjour,"_s;
        if (m_language == u"es"_s) greeting = isNamed ? u"Hola %1,"_s : u"Hola,"_s;
        m_values.insert(u"greeting"_s, {isNamed ? greeting.arg(name) : greeting,
                                        isNamed ? QStringList{names.front()->id} : QStringList()});
    }

    void addStore() {
        if (const Fact* handling = handlingTimeFact(m_facts))
            if (const auto duration = durationFrom(handling->value))
                add(u"handling_time"_s, spokenDuration(*duration, m_language), handling);
        static const QRegularExpression returns(u"\\b(?:returns?|rücksend|retoure|rückgabe|retours?|devoluci)"_s,
                                                QRegularExpression::CaseInsensitiveOption |
                                                    QRegularExpression::UseUnicodePropertiesOption);
        if (const Fact* window = returnWindowFact(m_facts))
            if (const auto duration = durationFrom(window->value))
                add(u"return_window"_s, spokenDuration(*duration, m_language), window);
        for (const Fact* link : m_facts.ofKind(FactKind::Link))
            if (link->order.isEmpty() && !m_values.contains(u"return.link"_s) && returns.match(link->label).hasMatch())
                add(u"return.link"_s, link->value, link);
    }

    void addOrder() {
        const auto names = m_facts.ofOrder(m_situation.order, FactKind::OrderName);
        if (!names.empty()) add(u"order.name"_s, names.front()->value, names.front());
    }

    void addDate(const QString& variable, const Fact* fact) {
        if (fact && fact->time) add(variable, spokenDate(*fact->time, m_zone, m_language), fact);
    }

    void addDates() {
        const auto latest = [&](FactKind kind) { return m_facts.latestOfOrder(m_situation.order, kind); };
        addDate(u"order.date"_s, latest(FactKind::OrderDate));
        addDate(u"cancelled.date"_s, latest(FactKind::CancelledAt));
        // Of several parcels only the last delivery is one for the whole order.
        if (m_situation.stage == OrderStage::Delivered) addDate(u"delivered.date"_s, latest(FactKind::DeliveredAt));
        if (m_situation.parcels != ParcelCount::One) return;
        addDate(u"shipped.date"_s, latest(FactKind::ShippedAt));
        const Fact* estimated = latest(FactKind::EstimatedDelivery);
        const bool isAhead = estimated && estimated->time && *estimated->time > m_case.now;
        addDate(u"estimated.date"_s, isAhead ? estimated : nullptr);
    }

    void addParcels() {
        const std::vector<int> parcels = parcelsOf(m_facts, m_situation.order);
        const auto fact = [&](int parcel, FactKind kind) {
            return parcelFact(m_facts, m_situation.order, parcel, kind);
        };
        if (parcels.size() == 1) {
            const auto addOne = [&](const QString& variable, FactKind kind) {
                const Fact* one = fact(parcels.front(), kind);
                add(variable, one ? one->value : QString(), one);
            };
            addOne(u"carrier"_s, FactKind::Carrier);
            addOne(u"tracking.number"_s, FactKind::TrackingNumber);
            addOne(u"tracking.link"_s, FactKind::TrackingUrl);
        }
        if (m_situation.tracking != TrackingKnown::Complete) return;
        PlaybookValue lines;
        for (const int parcel : parcels) {
            const Fact* carrier = fact(parcel, FactKind::Carrier);
            const Fact* number = fact(parcel, FactKind::TrackingNumber);
            const Fact* link = fact(parcel, FactKind::TrackingUrl);
            lines.text += u"%1%2 %3: %4"_s.arg(lines.text.isEmpty() ? QString() : u"\n"_s, carrier->value,
                                               number->value, link->value);
            lines.facts += {carrier->id, number->id, link->id};
        }
        m_values.insert(u"parcels"_s, lines);
    }

    const PlaybookCase& m_case;
    const FactSet& m_facts;
    const OrderSituation& m_situation;
    QString m_language;
    QTimeZone m_zone;
    PlaybookValues m_values;
};

AnswerDraft draftOf(const Playbook& playbook, Intent intent, const OrderSituation& situation, FilledText filled) {
    AnswerDraft draft;
    draft.source = AnswerSource::Playbook;
    draft.origin = playbook.name;
    draft.intent = intent;
    draft.confidence = playbook.confidence;
    draft.reply = std::move(filled.text);
    if (playbook.showsCard && !situation.order.isEmpty()) draft.cards = {situation.order};
    draft.declaredFacts = std::move(filled.facts);
    // What the text says of the order's state stands on these.
    if (!playbook.conditions.stages.empty()) draft.declaredFacts += situation.stageFacts;
    draft.declaredFacts.removeDuplicates();
    draft.needsPerson = playbook.needsPerson;
    draft.reason = playbook.reason;
    return draft;
}

} // namespace

std::optional<AnswerDraft> draftFrom(const PlaybookBook& book, const PlaybookCase& playbookCase) {
    if (playbookCase.intent.intents.empty()) return std::nullopt;
    const Intent intent = playbookCase.intent.intents.front().intent;
    const QString language = playbookLanguages().contains(playbookCase.intent.language)
                                 ? playbookCase.intent.language
                                 : QString::fromUtf16(kPlaybookFallbackLanguage);
    const OrderSituation situation = situationOf(playbookCase);
    const PlaybookValues values = ValueCollector(playbookCase, situation, language).collect();
    for (const Playbook& playbook : book.playbooks()) {
        if (book.isOff(playbook.name) || !fits(playbook.conditions, intent, situation)) continue;
        auto filled = filledText(book.text(playbook, language), values);
        if (!filled) continue;
        AnswerDraft draft = draftOf(playbook, intent, situation, *std::move(filled));
        draft.language = language;
        return draft;
    }
    return std::nullopt;
}

} // namespace aiva
