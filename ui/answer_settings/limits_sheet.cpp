#include "ui/answer_settings/limits_sheet.h"

#include "ui/answering/answer_text.h"
#include "ui/errors/error_text.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QSpinBox>
#include <QTimeEdit>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int limitsSheetWidth = 520;
constexpr std::pair<const char16_t*, const char*> languages[] = {
    {u"en", QT_TRANSLATE_NOOP("aiva::LimitsSheet", "English")},
    {u"de", QT_TRANSLATE_NOOP("aiva::LimitsSheet", "German")},
    {u"fr", QT_TRANSLATE_NOOP("aiva::LimitsSheet", "French")},
    {u"es", QT_TRANSLATE_NOOP("aiva::LimitsSheet", "Spanish")},
};

QSpinBox* number(int least, int most, int value, const QString& unit, QWidget* parent) {
    auto* box = new QSpinBox(parent);
    box->setRange(least, most);
    box->setValue(value);
    box->setSuffix(unit);
    return box;
}

QTimeEdit* time(int minute, QWidget* parent) {
    auto* edit = new QTimeEdit(QTime(minute / 60 % 24, minute % 60), parent);
    edit->setDisplayFormat(u"HH:mm"_s);
    edit->setButtonSymbols(QAbstractSpinBox::NoButtons);
    return edit;
}

QHBoxLayout* pair(QWidget* one, QWidget* other) {
    auto* line = new QHBoxLayout;
    line->setSpacing(3 * size::grid);
    // At the top: beside a taller neighbour a label stays with its input.
    line->addWidget(one, 1, Qt::AlignTop);
    line->addWidget(other, 1, Qt::AlignTop);
    return line;
}

int minuteOf(const QTimeEdit& edit) {
    return edit.time().hour() * 60 + edit.time().minute();
}

} // namespace

LimitsSheet::LimitsSheet(AnswerDesk& desk, const AutoSendRule& rule, QWidget* parent)
    : Sheet(tr("Limits: %1").arg(intentText(rule.intent)), parent)
    , m_desk(desk)
    , m_rule(rule)
    , m_threshold(number(70, 95, rule.thresholdPercent, u" %"_s, this))
    , m_delay(number(2, 10, rule.delayMinutes, tr(" min"), this))
    , m_delayMost(number(2, 10, std::max(rule.delayMinutes, rule.delayMaxMinutes), tr(" min"), this))
    , m_from(time(rule.windowStartMinute, this))
    , m_until(time(rule.windowEndMinute, this))
    , m_perHour(number(1, 1000, rule.capPerHour, {}, this))
    , m_perCustomer(number(1, 10, rule.capPerCustomerDay, {}, this))
    , m_needed(number(1, 1000, rule.approvalsNeeded, {}, this))
    , m_save(new SubtleButton(tr("Save"), SubtleButton::Look::Primary, this))
    , m_trouble(new TextBlock(TextStyle::Meta, &Colors::warning, this)) {
    setFixedWidth(limitsSheetWidth);
    build();
}

void LimitsSheet::build() {
    body()->addLayout(pair(new FormField(tr("At least this sure"), m_threshold),
                           new FormField(tr("Approved unedited before “On”"), m_needed)));
    body()->addLayout(pair(new FormField(tr("Waits at least"), m_delay, tr("Time to stop it.")),
                           new FormField(tr("Waits at most"), m_delayMost, tr("Larger: a random time in between."))));
    body()->addLayout(pair(new FormField(tr("Only from"), m_from, tr("In the store's time zone.")),
                           new FormField(tr("until"), m_until, tr("The same as “from”: all day."))));
    body()->addLayout(pair(new FormField(tr("An hour, at most"), m_perHour),
                           new FormField(tr("A customer in 24 hours, at most"), m_perCustomer)));
    auto* line = new QHBoxLayout;
    line->setSpacing(4 * size::grid);
    for (const auto& [code, name] : languages) {
        auto* box = new QCheckBox(tr(name), this);
        box->setChecked(m_rule.languages.contains(QString::fromUtf16(code)));
        m_languages.push_back(box);
        line->addWidget(box);
    }
    line->addStretch();
    body()->addLayout(line);
    m_trouble->hide();
    body()->addWidget(m_trouble);
    auto* cancel = new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this);
    foot()->addStretch();
    foot()->addWidget(cancel);
    foot()->addWidget(m_save);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_save, &QAbstractButton::clicked, this, &LimitsSheet::save);
    connect(m_delay, &QSpinBox::valueChanged, m_delayMost, [this](int least) { m_delayMost->setMinimum(least); });
}

AutoSendRule LimitsSheet::written() const {
    AutoSendRule rule = m_rule;
    rule.thresholdPercent = m_threshold->value();
    rule.delayMinutes = m_delay->value();
    rule.delayMaxMinutes = m_delayMost->value();
    rule.windowStartMinute = minuteOf(*m_from);
    rule.windowEndMinute = minuteOf(*m_until);
    rule.capPerHour = m_perHour->value();
    rule.capPerCustomerDay = m_perCustomer->value();
    rule.approvalsNeeded = m_needed->value();
    rule.languages.clear();
    for (size_t i = 0; i < m_languages.size(); ++i)
        if (m_languages[i]->isChecked()) rule.languages.append(QString::fromUtf16(languages[i].first));
    return rule;
}

void LimitsSheet::save() {
    m_save->setEnabled(false);
    whenDone(m_desk.saveRule(written()), this, [this](const Result<bool>& done) {
        m_save->setEnabled(true);
        if (done) {
            Q_EMIT saved();
            accept();
            return;
        }
        m_trouble->setText(errorSentence(done.error()));
        m_trouble->show();
    });
}

} // namespace aiva
