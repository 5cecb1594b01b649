#include "app/sandbox/mail/mailbox.h"

#include "app/sandbox/mail/case_facts.h"
#include "app/sandbox/mail/enclosures.h"

#include <algorithm>

namespace aiva::sandbox {
namespace {

constexpr qint64 kMinuteMs = 60'000;
constexpr int kStoriesEnd = 3000;  // minutes ago at which the ordinary threads begin
constexpr int kUsualSpacing = 540; // minutes between two ordinary threads
constexpr double kLettersPerThread = 1.9;

std::string fingerprint(std::string_view text) {
    std::uint64_t hash = 1'469'598'103'934'665'603ULL; // FNV-1a
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
    Random random(hash);
    std::string result;
    for (int i = 0; i < 20; ++i)
        result += "0123456789abcdefghijklmnopqrstuv"[random.below(32)];
    return result;
}

Phase phaseAt(const OrderCore& core, UtcTime when) {
    const auto past = [&](UtcTime time) { return time.ms() > 0 && time < when; };
    if (past(core.endedAt))
        return core.state == OrderState::Cancelled || core.state == OrderState::Voided ? Phase::Cancelled
                                                                                       : Phase::Refunded;
    if (past(core.deliveredAt)) return Phase::Delivered;
    return past(core.shippedAt) ? Phase::Moving : Phase::Open;
}

int newest(const Story& story) {
    return story.turns.back().minutesAgo;
}

Enclosure enclosureOf(Enclosed kind, const std::string& messageId, const CaseFacts& facts) {
    if (kind == Enclosed::Photo)
        return {"IMG_4127.png", "image/png", "photo." + messageId, photograph(320, 240, 0x6B7A86)};
    const std::string order = facts.contains("order") ? facts.at("order") : "";
    if (kind == Enclosed::PurchaseOrder)
        return {"PO-2281.pdf", "application/pdf", "",
                onePagePdf("Purchase order 2281", "Big Pines Outfitters\nFor your order " + order +
                                                      "\n300 lines, net 30\nDock hours 8 am to 3 pm")};
    return {"invoice.pdf", "application/pdf", "", onePagePdf("Invoice", "Order " + order)};
}

} // namespace

MailWriter::MailWriter(const World& world, const SandboxOptions& options)
    : m_world(world)
    , m_options(options)
    , m_shop{options.shopName.toStdString(), options.supportAddress.toStdString()} {}

void MailWriter::write(const Take& take) const {
    std::vector<const Story*> stories;
    for (const auto* table : {&openStories(), &longerStories()})
        for (const Story& story : *table)
            stories.push_back(&story);
    std::stable_sort(stories.begin(), stories.end(),
                     [](const Story* left, const Story* right) { return newest(*left) < newest(*right); });
    std::int64_t left = m_options.messages;
    const auto give = [&](std::vector<Letter> thread) {
        if (thread.empty()) return true;
        const auto size = static_cast<std::int64_t>(thread.size());
        if (size > left) thread.erase(thread.begin(), thread.begin() + (size - left));
        left -= static_cast<std::int64_t>(thread.size());
        return take(thread) && left > 0;
    };
    if (left <= 0) return;
    for (const Story* story : stories)
        if (!give(storyThread(*story))) return;
    const double threads = std::max(1.0, static_cast<double>(left) / kLettersPerThread);
    const UtcTime oldest = m_world.orderCount() > 0 ? m_world.orderCore(0).createdAt : m_world.now();
    const double span = std::max(1.0, static_cast<double>(m_world.now().msSince(oldest)) / kMinuteMs - kStoriesEnd);
    const double spacing = std::min<double>(kUsualSpacing, span / threads);
    constexpr int mostMisses = 2000; // worlds whose customers have no orders to write about
    int misses = 0;
    for (std::uint64_t number = 0; misses < mostMisses; ++number) {
        Random random = Random::of(m_world.seed(), Purpose::Thread, number);
        const double minutes = kStoriesEnd + spacing * (static_cast<double>(number) + random.unit());
        auto thread = plainThread(number, m_world.now().plusMs(-static_cast<qint64>(minutes * kMinuteMs)));
        misses = thread.empty() ? misses + 1 : 0;
        if (!give(std::move(thread))) return;
    }
}

Letter MailWriter::letter(const Mailbox& from, const Mailbox& to, std::string subject, UtcTime date) const {
    Letter result;
    result.from = from;
    result.to = to;
    result.subject = std::move(subject);
    result.date = UtcTime(date.ms() / 1000 * 1000);
    result.outgoing = from.email == m_shop.email;
    result.messageId = fingerprint(from.email + to.email + result.subject + std::to_string(result.date.ms())) + "@" +
                       from.email.substr(from.email.find('@') + 1);
    return result;
}

// Appends a letter that answers the last one, quoting it.
void MailWriter::reply(std::vector<Letter>& thread, Letter next, std::string_view language) const {
    if (!thread.empty()) {
        const Letter& last = thread.back();
        next.references = last.references;
        next.references.push_back(last.messageId);
        next.quote = quotationOf(last, language, next.style);
    }
    thread.push_back(std::move(next));
}

std::optional<WorldOrder> MailWriter::orderOf(const Story& story) const {
    if (story.orderNth < 0) return std::nullopt;
    int nth = 0;
    for (std::size_t i = 0; i < storyOrders().size(); ++i) {
        if (storyOrders()[i].member != story.member || nth++ != story.orderNth) continue;
        const auto index = m_world.storyOrder(i);
        return index ? std::optional(m_world.order(*index)) : std::nullopt;
    }
    return std::nullopt;
}

Mailbox MailWriter::correspondent(const Story& story, const std::optional<WorldOrder>& order) const {
    if (story.fromEmail) return {story.fromName, story.fromEmail};
    if (story.member >= 0) {
        const CustomerRecord record = m_world.customer(story.member).record;
        return {record.displayName, record.email};
    }
    return {order->address.name, order->record.email};
}

Letter MailWriter::confirmation(const WorldOrder& order, const Mailbox& to) const {
    Letter result = letter(m_shop, to, "Your order " + order.record.name + " is on its way",
                           order.record.fulfillments.front().createdAt);
    const CaseFacts facts = factsOf(order, to.name, to.name, "en");
    result.text = filled("Hello,\n\ngood news: {order} is on its way to you.\n\nIn the parcel:\n", facts);
    for (const WorldItem& item : order.items)
        result.text += "  " + std::to_string(item.record.quantity) + "x " + item.record.title + "\n";
    result.text += filled("\nCarrier: {carrier}\nNumber: {tracking}\n{link}\n\nSee you out there\nAcme Outdoor", facts);
    return result;
}

std::vector<Letter> MailWriter::storyThread(const Story& story) const {
    const auto order = orderOf(story);
    if (story.orderNth >= 0 && !order) return {};
    const auto members = std::min<std::int64_t>(CastSize, std::max<std::int64_t>(1, m_world.customerCount() / 4));
    if (story.member >= members) return {};
    const Mailbox customer = correspondent(story, order);
    if (customer.email.empty()) return {};
    CaseFacts facts;
    if (order) facts = factsOf(*order, customer.name, customer.name, story.language);
    std::vector<Letter> thread;
    for (const Turn& turn : story.turns) {
        const bool shop = turn.writer == Writer::Shop;
        const std::string subject = (thread.empty() ? "" : "Re: ") + filled(story.subject, facts);
        const UtcTime date = m_world.now().plusMs(-turn.minutesAgo * kMinuteMs - (turn.minutesAgo * 7919 % 53) * 1000);
        Letter next = letter(shop ? m_shop : customer, shop ? customer : m_shop, subject, date);
        next.text = filled(turn.text, facts);
        next.style = shop ? LetterStyle::Web : story.style;
        if (story.cc) next.cc = story.cc;
        next.rightToLeft = story.special == Story::Special::RightToLeft;
        next.newsletter = story.special == Story::Special::Newsletter;
        next.automated = story.special == Story::Special::AutoReply;
        next.forged = story.special == Story::Special::Forged;
        if (turn.enclosed != Enclosed::Nothing)
            next.enclosures.push_back(enclosureOf(turn.enclosed, next.messageId, facts));
        if (story.special == Story::Special::QuotesConfirmation && thread.empty() && order) {
            const Letter earlier = confirmation(*order, customer);
            next.references = {earlier.messageId};
            next.quote = quotationOf(earlier, story.language, next.style);
            thread.push_back(std::move(next));
        } else {
            reply(thread, std::move(next), story.language);
        }
    }
    return thread;
}

// An order somebody could write about on that day: placed within the ten days before, by somebody with an address.
std::optional<std::int64_t> MailWriter::orderNear(UtcTime when, Random& random) const {
    const UtcTime placed = when.plusMs(-random.between(6 * 60, 14'000) * kMinuteMs);
    std::int64_t low = 0;
    std::int64_t high = m_world.orderCount();
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        if (m_world.orderCore(middle).createdAt < placed)
            low = middle + 1;
        else
            high = middle;
    }
    for (std::int64_t index = low - 1; index >= std::max<std::int64_t>(0, low - 12); --index) {
        const OrderCore core = m_world.orderCore(index);
        if (core.story < 0 && core.createdAt < when && !m_world.order(core).record.email.empty()) return index;
    }
    return std::nullopt;
}

std::vector<Letter> MailWriter::plainThread(std::uint64_t number, UtcTime when) const {
    Random random = Random::of(m_world.seed(), Purpose::Letter, number);
    const auto index = orderNear(when, random);
    if (!index) return {};
    const WorldOrder order = m_world.order(*index);
    const std::string language = std::string(regions()[regionOf(order.address.countryCode)].locale).substr(0, 2);
    const auto fitting = situationsFor(language, phaseAt(order.core, when));
    const Situation& situation = *random.pick(fitting);
    std::string first = order.address.name;
    if (order.core.customer >= 0) first = m_world.customer(order.core.customer).record.firstName;
    const CaseFacts facts = factsOf(order, first, order.address.name, situation.language);
    const Mailbox customer{order.address.name, order.record.email};
    const std::string subject = filled(situation.subject, facts);
    std::vector<Letter> thread;
    const auto add = [&](const Mailbox& from, const Mailbox& to, const char* text, UtcTime date) {
        Letter next = letter(from, to, (thread.empty() ? "" : "Re: ") + subject, date);
        next.text = filled(text, facts);
        next.style = next.outgoing ? LetterStyle::Web : situation.style;
        reply(thread, std::move(next), situation.language);
    };
    add(customer, m_shop, situation.body, when);
    const UtcTime answered = when.plusMs(random.between(15, 420) * kMinuteMs);
    if (!random.percent(88) || answered > m_world.now()) return thread;
    add(m_shop, customer, situation.answer, answered);
    const UtcTime thanked = answered.plusMs(random.between(40, 2000) * kMinuteMs);
    if (situation.followUp && random.percent(60) && thanked < m_world.now())
        add(customer, m_shop, situation.followUp, thanked);
    return thread;
}

} // namespace aiva::sandbox
