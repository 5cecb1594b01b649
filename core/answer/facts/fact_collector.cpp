#include "core/answer/facts/fact_collector.h"

#include "core/answer/facts/fact_list.h"
#include "core/answer/facts/fact_text.h"
#include "core/answer/facts/order_facts_of.h"
#include "core/answer/facts/subject_order.h"
#include "core/answer/facts/untrusted_text.h"
#include "core/domain/answering/return_window.h"

#include <QUrl>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr size_t kRecentOrders = 3;

std::vector<const OrderView*> recentOrdersOf(const AnswerSources& sources) {
    std::vector<const OrderView*> recent;
    if (!sources.customer) return recent;
    const OrderView* named = referenceOrderOf(sources);
    for (const OrderView& order : sources.customer->orders)
        if (recent.size() < kRecentOrders || &order == named) recent.push_back(&order);
    return recent;
}

static Fact simpleFact(FactKind kind, const QString& value, const QString& label, const QString& source) {
    Fact fact;
    fact.kind = kind;
    fact.value = value;
    fact.label = label;
    fact.source = source;
    return fact;
}

static void addCustomer(FactList& facts, const CustomerView& customer) {
    const QString source = u"customer"_s;
    const QString name = cleanedPersonName(customer.name);
    const QString first = firstNameOf(name);
    facts.add(simpleFact(FactKind::CustomerName, first, u"first name"_s, source));
    if (name != first) facts.add(simpleFact(FactKind::CustomerName, name, u"full name"_s, source));
    if (customer.ltv.currency().isValid()) {
        Fact ltv = simpleFact(FactKind::Ltv, amountText(customer.ltv), u"lifetime value"_s, source);
        ltv.money = customer.ltv;
        facts.add(std::move(ltv));
    }
    facts.add(simpleFact(FactKind::OrdersCount, QString::number(customer.ordersCount), u"orders"_s, source));
    for (const QString& tag : customer.tags)
        facts.add(simpleFact(FactKind::Tag, cleanedLine(tag, 60), {}, source));
}

static void addOrders(FactList& facts, const AnswerSources& sources) {
    const std::vector<const OrderView*> recent = recentOrdersOf(sources);
    const OrderView* subject = subjectOrderOf(sources);
    for (const OrderView& order : sources.customer->orders) {
        const bool isWhole = &order == subject || sources.namedOrders.contains(order.name, Qt::CaseInsensitive) ||
                             std::find(recent.begin(), recent.end(), &order) != recent.end();
        addOrderFacts(facts, order, isWhole ? OrderDetail::Whole : OrderDetail::Outline);
    }
}

static QString sourceOf(const Knowledge& knowledge) {
    return u"policy %1"_s.arg(knowledge.id.value());
}

static void addStanding(FactList& facts, const AnswerSources& sources) {
    for (const Knowledge& one : sources.knowledge) {
        const QString title = cleanedLine(one.title, 80);
        if (one.kind == KnowledgeKind::Contact)
            facts.add(simpleFact(FactKind::StoreContact, cleanedLine(one.text, 200), title, sourceOf(one)));
        else
            facts.add(
                simpleFact(FactKind::Link, cleanedUrl(one.url.isEmpty() ? one.text : one.url), title, sourceOf(one)));
    }
}

// A number is one of days; what is none stays as it is said, and nothing is concluded from it.
static QString windowText(const Knowledge& window) {
    const QString said = cleanedLine(window.text, 80);
    bool isNumber = false;
    const int days = said.toInt(&isNumber);
    return isNumber ? u"%1 days"_s.arg(days) : said;
}

// The newest row of a kind counts; the rows come oldest first.
static void addPromise(FactList& facts, const AnswerSources& sources, KnowledgeKind kind, const QString& byDefault) {
    QString value;
    QString source = u"default"_s;
    for (const Knowledge& one : sources.knowledge) {
        if (one.kind != kind) continue;
        const QString said = kind == KnowledgeKind::ReturnWindow ? windowText(one) : cleanedLine(one.text, 80);
        if (said.isEmpty()) continue;
        value = said;
        source = sourceOf(one);
    }
    facts.add(simpleFact(FactKind::Policy, value.isEmpty() ? byDefault : value, toWord(kind), source));
}

static void addProduct(FactList& facts, const ProductView& product) {
    const QString title = cleanedLine(product.title, 120);
    const bool hasVariant = !product.variant.isEmpty() && product.variant != "Default Title"_L1;
    const QString variant = hasVariant ? cleanedLine(product.variant, 80) : QString();
    QString line = variant.isEmpty() ? title : title + u", "_s + variant;
    if (product.price.currency().isValid()) line += u": "_s + amountWithSign(product.price);
    if (product.inventory) line += *product.inventory > 0 ? u", in stock"_s : u", sold out"_s;
    const QString source = u"product "_s + cleanedLine(product.externalId, 80);
    facts.add(simpleFact(FactKind::Policy, line, u"product"_s, source));
    Fact item = simpleFact(FactKind::Item, title, u"product"_s, source);
    item.item = FactItem{title, variant, cleanedLine(product.sku, 60), 0};
    facts.add(std::move(item));
    if (!product.price.currency().isValid()) return;
    Fact price = simpleFact(FactKind::Money, amountText(product.price), u"price: "_s + title, source);
    price.money = product.price;
    facts.add(std::move(price));
}

static void addPolicies(FactList& facts, const AnswerSources& sources) {
    for (const Knowledge& one : sources.knowledge)
        if (one.kind == KnowledgeKind::Policy || one.kind == KnowledgeKind::Faq)
            facts.add(
                simpleFact(FactKind::Policy, cleanedLine(one.text, 1'000), cleanedLine(one.title, 80), sourceOf(one)));
    for (const ProductView& product : sources.products)
        addProduct(facts, product);
    addPromise(facts, sources, KnowledgeKind::HandlingTime, u"%1 hours"_s.arg(kDefaultHandlingHours));
    addPromise(facts, sources, KnowledgeKind::ReturnWindow, u"%1 days"_s.arg(kReturnWindowDays));
    addStanding(facts, sources);
}

static QStringList hostsOf(const AnswerSources& sources) {
    QStringList hosts;
    const auto add = [&hosts](const QString& host) {
        if (!host.isEmpty() && !hosts.contains(host)) hosts.append(host);
    };
    add(sources.store.domain.toLower());
    for (const Knowledge& one : sources.knowledge)
        add(QUrl(cleanedUrl(one.kind == KnowledgeKind::Link && one.url.isEmpty() ? one.text : one.url)).host());
    return hosts;
}

FactSet factsOf(const AnswerSources& sources) {
    FactSet set;
    set.readAt = sources.readAt;
    FactList facts(sources.store.timeZone, sources.readAt);
    if (sources.customer) {
        addCustomer(facts, *sources.customer);
        addOrders(facts, sources);
        set.customerName = cleanedPersonName(sources.customer->name);
        set.customerFirstName = firstNameOf(set.customerName);
        set.customerEmails = sources.customer->emails;
        for (const OrderView& order : sources.customer->orders)
            set.orderNames.append(orderNameText(order.name));
        if (const OrderView* subject = subjectOrderOf(sources)) set.subjectOrder = orderNameText(subject->name);
    }
    if (sources.store.id.isValid()) {
        addPolicies(facts, sources);
        set.storeName = cleanedLine(sources.store.name, 80);
        set.storeKind = toWord(sources.store.kind);
        set.storeHosts = hostsOf(sources);
        set.timeZone = sources.store.timeZone;
    }
    set.facts = facts.take();
    return set;
}

} // namespace aiva
