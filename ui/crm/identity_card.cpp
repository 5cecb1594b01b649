#include "ui/crm/identity_card.h"

#include "ui/crm/fact_cell.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/format.h"
#include "ui/widgets/ltv_badge.h"
#include "ui/widgets/text_label.h"

#include <QGridLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMostFacts = 6;
constexpr int kTagsShown = 8;
constexpr int kIdentityGap = 12;

bool isVipTag(const QString& tag) {
    return tag.trimmed().compare("VIP"_L1, Qt::CaseInsensitive) == 0;
}

// Other addresses and the phone: what else this person is known by.
QString otherContacts(const CustomerView& customer) {
    QStringList contacts;
    for (const QString& email : customer.emails)
        if (email.compare(customer.email, Qt::CaseInsensitive) != 0) contacts << email;
    if (!customer.phone.isEmpty()) contacts << customer.phone;
    return contacts.join(u" · "_s);
}

// Widgets are kept and re-used: the next person shows without one being made.
Chip* chipAt(std::vector<Chip*>& chips, size_t index, ChipLook look, QWidget* parent, QLayout* layout) {
    while (chips.size() <= index) {
        chips.push_back(new Chip({}, Tone::Neutral, look, parent));
        layout->addWidget(chips.back());
    }
    return chips[index];
}

} // namespace

QString precedenceWord(Precedence precedence) {
    switch (precedence) {
    case Precedence::Vip:
        return IdentityCard::tr("VIP");
    case Precedence::Returning:
        return IdentityCard::tr("Returning");
    case Precedence::New:
        return IdentityCard::tr("New");
    case Precedence::Prospect:
        return IdentityCard::tr("Prospect");
    }
    return {};
}

IdentityCard::IdentityCard(QWidget* parent)
    : QWidget(parent)
    , m_avatar(new Avatar(this))
    , m_name(new ElidedLabel(TextStyle::Title, &Colors::textPrimary, this))
    , m_email(new ElidedLabel(TextStyle::Body, &Colors::textSecondary, this))
    , m_otherContacts(new ElidedLabel(TextStyle::Meta, &Colors::textMuted, this))
    , m_ltv(new LtvBadge(this))
    , m_chipField(new QWidget(this))
    , m_chipFlow(new FlowLayout(size::grid, m_chipField))
    , m_foldedTags(new Chip({}, Tone::Muted, ChipLook::Bare, m_chipField))
    , m_note(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this)) {
    m_email->setCopyable(tr("Copy address"));
    m_otherContacts->setCopyable(tr("Copy"));
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    for (QWidget* label : {m_name, m_email, m_otherContacts})
        names->addWidget(label);
    auto* head = new QHBoxLayout;
    head->setSpacing(kIdentityGap);
    head->addWidget(m_avatar, 0, Qt::AlignTop);
    head->addLayout(names, 1);

    auto* facts = new QGridLayout;
    facts->setHorizontalSpacing(0);
    facts->setVerticalSpacing(6);
    facts->setColumnStretch(0, 1);
    facts->setColumnStretch(1, 1);
    for (int i = 0; i < kMostFacts; ++i) {
        m_facts.push_back(new FactCell(this));
        facts->addWidget(m_facts.back(), i / 2, i % 2);
    }

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(size::panelPadding, size::panelPadding, size::panelPadding, size::panelPadding);
    column->setSpacing(0);
    column->addLayout(head);
    column->addSpacing(kIdentityGap + 2);
    column->addWidget(m_ltv, 0, Qt::AlignLeading);
    column->addSpacing(kIdentityGap);
    column->addLayout(facts);
    column->addWidget(m_chipField);
    column->addWidget(m_note);
    m_chipField->setContentsMargins(0, kIdentityGap, 0, 0);
    m_note->setContentsMargins(0, kIdentityGap, 0, 0);
}

std::vector<IdentityCard::Fact> IdentityCard::factsOf(const CustomerView& customer, const QLocale& locale) {
    const bool vip = customer.precedence == Precedence::Vip;
    std::vector<Fact> facts{{tr("Customer"), precedenceWord(customer.precedence), vip},
                            {tr("Orders"), locale.toString(customer.ordersCount)}};
    if (customer.averageOrder) facts.push_back({tr("Average"), formatMoney(*customer.averageOrder, locale)});
    if (customer.ltvNetOfRefunds != customer.ltv && customer.ltvNetOfRefunds.currency().isValid())
        facts.push_back({tr("Net of refunds"), formatMoney(customer.ltvNetOfRefunds, locale)});
    if (customer.firstOrderAt) facts.push_back({tr("First order"), formatFullDate(*customer.firstOrderAt, locale)});
    if (customer.lastOrderAt && customer.lastOrderAt != customer.firstOrderAt)
        facts.push_back({tr("Last order"), formatFullDate(*customer.lastOrderAt, locale)});
    return facts;
}

void IdentityCard::setCustomer(const CustomerView& customer, const QLocale& locale) {
    m_avatar->setPerson(customer.name, customer.email);
    const bool named = !customer.name.trimmed().isEmpty();
    m_name->setText(named ? customer.name : customer.email);
    m_email->setText(customer.email);
    m_email->setVisible(named);
    const QString others = otherContacts(customer);
    m_otherContacts->setText(others);
    m_otherContacts->setSpokenName(tr("Also known as: %1").arg(others));
    m_otherContacts->setVisible(!others.isEmpty());
    m_ltv->setAmount(formatMoney(customer.ltv, locale),
                     customer.precedence == Precedence::Vip ? LtvBadge::Rank::Vip : LtvBadge::Rank::Ordinary);
    m_ltv->setVisible(customer.ltv.currency().isValid());

    const std::vector<Fact> facts = factsOf(customer, locale);
    for (size_t i = 0; i < m_facts.size(); ++i) {
        const bool used = i < facts.size();
        if (used)
            m_facts[i]->setFact(facts[i].caption, facts[i].value,
                                facts[i].isVip ? FactCell::Emphasis::Vip : FactCell::Emphasis::Plain);
        m_facts[i]->setVisible(used);
    }
    showChips(customer);
    m_note->setText(customer.note.trimmed());
    m_note->setVisible(!customer.note.trimmed().isEmpty());
}

void IdentityCard::showChips(const CustomerView& customer) {
    const auto tags = static_cast<size_t>(customer.tags.size());
    const size_t shown = std::min<size_t>(tags, kTagsShown);
    // A single store goes without saying.
    const size_t stores = customer.stores.size() > 1 ? customer.stores.size() : 0;
    for (size_t i = 0; i < stores; ++i)
        chipAt(m_stores, i, ChipLook::Outline, m_chipField, m_chipFlow)
            ->setText(customer.stores[i].storeName, Tone::Neutral);
    for (size_t i = 0; i < shown; ++i) {
        const QString& tag = customer.tags[static_cast<qsizetype>(i)];
        chipAt(m_tags, i, ChipLook::Filled, m_chipField, m_chipFlow)
            ->setText(tag, isVipTag(tag) ? Tone::Warning : Tone::Neutral);
    }
    for (size_t i = 0; i < m_stores.size(); ++i)
        m_stores[i]->setVisible(i < stores);
    for (size_t i = 0; i < m_tags.size(); ++i)
        m_tags[i]->setVisible(i < shown);
    // Last in the flow, wherever chips were added since.
    m_chipFlow->removeWidget(m_foldedTags);
    m_chipFlow->addWidget(m_foldedTags);
    m_foldedTags->setText(tr("+%n tags", nullptr, static_cast<int>(tags - shown)), Tone::Muted);
    m_foldedTags->setToolTip(customer.tags.mid(kTagsShown).join(u", "_s));
    m_foldedTags->setVisible(tags > shown);
    m_chipField->setVisible(tags + stores > 0);
}

void IdentityCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    strokeEdge(painter, rect(), Qt::BottomEdge, Theme::colors().borderSubtle);
}

} // namespace aiva
