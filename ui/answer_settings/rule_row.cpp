#include "ui/answer_settings/rule_row.h"

#include "ui/answering/answer_text.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLocale>
#include <QStandardItemModel>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int nameWidth = 168;

// "24 of 30 approved unedited · shadow would have sent 31, 0 wrong (at most 9.2 % with 95 % certainty)"
QString recordLine(const AutoSendRule& rule, const EarnedRecord& record) {
    QStringList parts;
    parts << RuleRow::tr("%1 of %2 approved unedited").arg(record.unedited).arg(rule.approvalsNeeded);
    const int judged = record.shadowSends;
    if (judged > 0) {
        const QString bound = QLocale().toString(errorBoundPercent(record.shadowErrors, judged), 'f', 1);
        parts << RuleRow::tr("shadow would have sent %1, %2 wrong (with 95 % certainty at most %3 %)")
                     .arg(judged)
                     .arg(record.shadowErrors)
                     .arg(bound);
    }
    if (record.autoSent > 0) parts << RuleRow::tr("%1 sent by itself").arg(record.autoSent);
    return parts.join(u" · "_s);
}

} // namespace

RuleRow::RuleRow(const AutoSendRule& rule, const EarnedRecord& record, QWidget* parent)
    : QWidget(parent)
    , m_rule(rule)
    , m_record(record)
    , m_mode(new QComboBox(this))
    , m_limits(new SubtleButton(tr("Limits"), SubtleButton::Look::Quiet, this))
    , m_recordText(new ElidedLabel(TextStyle::Meta, &Colors::textMuted, this))
    , m_trouble(new TextBlock(TextStyle::Meta, &Colors::warning, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, size::grid, 0, size::grid);
    column->setSpacing(size::grid);
    auto* across = new QHBoxLayout;
    across->setSpacing(3 * size::grid);
    auto* name = new ElidedLabel(TextStyle::Dense, &Colors::textPrimary, this);
    name->setText(intentText(rule.intent));
    name->setFixedWidth(nameWidth);
    m_mode->addItems({modeText(AutoSendMode::Off), modeText(AutoSendMode::Shadow), modeText(AutoSendMode::On)});
    m_mode->setAccessibleName(tr("%1: automatic sending").arg(name->text()));
    m_limits->setSpokenName(tr("Limits of %1").arg(name->text()));
    m_recordText->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_recordText->setText(recordLine(rule, record));
    across->addWidget(name);
    across->addWidget(m_mode);
    across->addWidget(m_recordText, 1);
    across->addWidget(m_limits);
    column->addLayout(across);
    m_trouble->hide();
    column->addWidget(m_trouble);
    showMode();
    connect(m_limits, &QAbstractButton::clicked, this, &RuleRow::limitsAsked);
    connect(m_mode, &QComboBox::activated, this, [this](int index) {
        AutoSendRule changed = m_rule;
        changed.mode = static_cast<AutoSendMode>(index);
        if (changed != m_rule) Q_EMIT wanted(changed);
    });
}

// "On" is there to be seen, and cannot be chosen before it is earned.
void RuleRow::showMode() {
    m_mode->setCurrentIndex(static_cast<int>(m_rule.mode));
    auto* items = qobject_cast<QStandardItemModel*>(m_mode->model());
    if (items == nullptr) return;
    QStandardItem* on = items->item(static_cast<int>(AutoSendMode::On));
    const bool isEarned = m_rule.mode == AutoSendMode::On || isPromotable(m_rule, m_record);
    on->setEnabled(isEarned);
    on->setToolTip(
        isEarned
            ? QString()
            : tr("After %1 drafts approved unedited; %2 so far.").arg(m_rule.approvalsNeeded).arg(m_record.unedited));
}

QString RuleRow::recordText() const {
    return m_recordText->text();
}

void RuleRow::setTrouble(const QString& sentence) {
    m_trouble->setText(sentence);
    m_trouble->setVisible(!sentence.isEmpty());
    showMode(); // back to what is so
}

} // namespace aiva
