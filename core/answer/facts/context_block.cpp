#include "core/answer/facts/context_block.h"

#include "core/answer/facts/context_orders.h"
#include "core/answer/facts/fact_text.h"
#include "core/answer/facts/subject_order.h"
#include "core/answer/facts/token_estimate.h"
#include "core/answer/facts/untrusted_text.h"

#include <algorithm>
#include <array>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// Each step gives up what is needed least; the last one fits whatever the shop says.
constexpr std::array<ContextDetail, 5> kDetails{
    {{5, 5, 80, 300, 12}, {3, 3, 60, 160, 8}, {2, 2, 40, 120, 5}, {1, 1, 24, 100, 3}, {1, 0, 12, 0, 1}}};

QString heading(StoreKind kind) {
    switch (kind) {
    case StoreKind::Shopify:
        return u"# SHOPIFY CUSTOMER CONTEXT"_s;
    case StoreKind::WooCommerce:
        return u"# WOOCOMMERCE CUSTOMER CONTEXT"_s;
    case StoreKind::Csv:
        break;
    }
    return u"# STORE CUSTOMER CONTEXT"_s;
}

Precedence precedenceOf(const AnswerSources& sources) {
    return sources.customer ? sources.customer->precedence : Precedence::Prospect;
}

QString identityWord(Precedence precedence) {
    switch (precedence) {
    case Precedence::Vip:
        return u"VIP Customer"_s;
    case Precedence::Returning:
        return u"Returning Customer"_s;
    case Precedence::New:
        return u"New Customer"_s;
    case Precedence::Prospect:
        break;
    }
    return u"Prospect"_s;
}

QString identityLine(const AnswerSources& sources) {
    const qint64 orders = sources.customer ? sources.customer->ordersCount : 0;
    Money ltv = sources.customer ? sources.customer->ltv : Money();
    if (!ltv.currency().isValid())
        ltv = Money(0, Currency::parse(sources.store.currency.toStdString()).value_or(Currency()));
    QString line = u"Customer Identity: %1 (Orders: %2"_s.arg(identityWord(precedenceOf(sources))).arg(orders);
    if (ltv.currency().isValid()) line += u", LTV: "_s + amountWithSign(ltv);
    return line + u')';
}

QString tagsLine(const AnswerSources& sources, const ContextDetail& detail) {
    QStringList tags;
    const QStringList all = sources.customer ? sources.customer->tags : QStringList();
    for (const QString& tag : all) {
        // The signs that hold the list together cannot be part of one.
        QString word = cleanedLine(tag, 30);
        word.removeIf([](QChar c) { return c == u'[' || c == u']' || c == u','; });
        word = word.trimmed();
        if (!word.isEmpty()) tags.append(word);
    }
    const qsizetype shown = std::min(tags.size(), detail.tags);
    const qsizetype left = tags.size() - shown;
    tags = tags.first(shown);
    if (left > 0) tags.append(u"+%1 more"_s.arg(left));
    return u"Tags: ["_s + tags.join(", "_L1) + u']';
}

// A knowledge row's own page, when its text does not name it already.
QString pageOf(const AnswerSources& sources, const Fact& policy) {
    for (const Knowledge& one : sources.knowledge) {
        if (policy.source != u"policy %1"_s.arg(one.id.value())) continue;
        const QString url = cleanedUrl(one.url);
        if (url.isEmpty() || policy.value.contains(url)) return {};
        return (policy.label.contains("return"_L1, Qt::CaseInsensitive) ? u" Portal: "_s : u" Page: "_s) + url;
    }
    return {};
}

QString policyTitle(const QString& label) {
    if (label == toWord(KnowledgeKind::HandlingTime)) return u"Handling time"_s;
    if (label == toWord(KnowledgeKind::ReturnWindow)) return u"Return window"_s;
    return label == "product"_L1 ? u"Product"_s : label;
}

QStringList policyLines(const AnswerSources& sources, const FactSet& facts) {
    QStringList lines;
    for (const Fact* policy : facts.ofKind(FactKind::Policy)) {
        // What no row of the store says is for our own rules, not for a model to quote.
        if (policy->source == "default"_L1) continue;
        lines.append(u"[%1] %2: %3"_s.arg(policy->id, policyTitle(policy->label), policy->value) +
                     pageOf(sources, *policy));
    }
    if (lines.isEmpty()) return lines;
    return QStringList{u"# STORE POLICIES"_s} + lines + QStringList{QString()};
}

QString toneRule(Precedence precedence) {
    switch (precedence) {
    case Precedence::Vip:
        return u"4. Adapt tone: This is a VIP customer. Be exceptionally warm and accommodating."_s;
    case Precedence::Returning:
        return u"4. Adapt tone: This is a returning customer. Be warm and appreciate their loyalty."_s;
    case Precedence::New:
        return u"4. Adapt tone: This is a new customer. Be welcoming and clear."_s;
    case Precedence::Prospect:
        break;
    }
    return u"4. Adapt tone: This person has not ordered yet. Be friendly and helpful."_s;
}

QStringList ruleLines(const AnswerSources& sources) {
    const OrderView* order = referenceOrderOf(sources);
    const QString first =
        order != nullptr ? u"1. If the user asks about an order, reference Order %1."_s.arg(orderNameText(order->name))
                         : u"1. If the user asks about an order, ask for the order number and the e-mail address "
                           "used for it."_s;
    return {u"# RULES FOR E-COMMERCE QUERIES"_s, first,
            u"2. Provide the exact fulfillment status and tracking information."_s,
            u"3. Do NOT hallucinate order numbers, prices, or shipping carriers."_s, toneRule(precedenceOf(sources))};
}

QString blockWith(const AnswerSources& sources, const ContextDetail& detail, const QStringList& policies) {
    QStringList lines{heading(sources.store.kind), identityLine(sources), tagsLine(sources, detail), QString()};
    lines += orderLines(sources, detail);
    lines += QStringList{QString()} + policies + ruleLines(sources);
    return lines.join(u'\n');
}

// The most detailed block that keeps within its tokens; policies come on top.
struct FittingBlock {
    QString text;
    ContextDetail detail;
};

FittingBlock fittingBlock(const AnswerSources& sources) {
    FittingBlock block;
    for (const ContextDetail& detail : kDetails) {
        block = {blockWith(sources, detail, {}), detail};
        if (tokenEstimate(block.text) <= kContextTokens) break;
    }
    return block;
}

} // namespace

QString contextBlock(const AnswerSources& sources, const FactSet& facts) {
    const FittingBlock block = fittingBlock(sources);
    const QStringList policies = policyLines(sources, facts);
    return policies.isEmpty() ? block.text : blockWith(sources, block.detail, policies);
}

QString contextWithoutPolicies(const AnswerSources& sources) {
    return fittingBlock(sources).text;
}

} // namespace aiva
