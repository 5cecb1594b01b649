#include "ui/answer_settings/auto_send_section.h"

#include "ui/answer_settings/limits_sheet.h"
#include "ui/answer_settings/rule_row.h"
#include "ui/errors/error_text.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>

#include <algorithm>

namespace aiva {

AutoSendSection::AutoSendSection(AnswerDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_switch(new SubtleButton({}, SubtleButton::Look::Subtle, this))
    , m_stoppedText(new TextBlock(TextStyle::Dense, &Colors::textSecondary, this))
    , m_list(new QVBoxLayout) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 3 * size::grid, 0, 0);
    column->setSpacing(2 * size::grid);
    auto* head = new QHBoxLayout;
    head->addWidget(textLabel(tr("Automatic sending"), TextStyle::Micro, &Colors::textMuted, this), 1);
    head->addWidget(m_switch);
    column->addLayout(head);
    column->addWidget(m_stoppedText);
    m_list->setSpacing(0);
    column->addLayout(m_list);
    connect(m_switch, &QAbstractButton::clicked, this, [this] {
        const bool stop = !m_isStopped;
        m_desk.setAutoSend(stop ? AutoSendSwitch::Stopped : AutoSendSwitch::Allowed);
        setStopped(stop); // shown at once: a kill switch that hesitates is none
        Q_EMIT stale();
    });
    setStopped(false);
}

void AutoSendSection::setStopped(bool stopped) {
    m_isStopped = stopped;
    m_switch->setText(stopped ? tr("Allow again") : tr("Stop everything"));
    m_stoppedText->setColor(stopped ? &Colors::warning : &Colors::textSecondary);
    m_stoppedText->setText(
        stopped ? tr("Stopped. Nothing leaves by itself until you allow it again, also after a restart.")
                : tr("Off, then shadow, then on: in shadow Aiva only writes down what it would have sent. A mail that "
                     "leaves by itself waits visibly first, and the checks that protect customers cannot be switched "
                     "off."));
}

void AutoSendSection::setStores(const std::vector<Shown>& stores) {
    m_rows.clear();
    m_isAnyOn = false;
    while (QLayoutItem* item = m_list->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const Shown& shown : stores) {
        if (stores.size() > 1) {
            auto* name = textLabel(shown.store.name, TextStyle::DenseStrong, &Colors::textPrimary, this);
            name->setContentsMargins(0, 2 * size::grid, 0, 0);
            m_list->addWidget(name);
            name->show();
        }
        for (const auto& [rule, record] : shown.rules) {
            auto* row = new RuleRow(rule, record, this);
            connect(row, &RuleRow::wanted, this, [this, row](const AutoSendRule& wanted) { save(wanted, row); });
            connect(row, &RuleRow::limitsAsked, this, [this, row] {
                auto* sheet = new LimitsSheet(m_desk, row->rule(), window());
                sheet->setAttribute(Qt::WA_DeleteOnClose);
                connect(sheet, &LimitsSheet::saved, this, &AutoSendSection::stale);
                sheet->open();
            });
            m_rows.push_back(row);
            m_isAnyOn = m_isAnyOn || rule.mode == AutoSendMode::On;
            m_list->addWidget(row);
            row->show();
        }
    }
}

AutoSendSection::State AutoSendSection::state() const {
    if (m_isStopped) return State::Stopped;
    return m_isAnyOn ? State::On : State::Off;
}

RuleRow* AutoSendSection::row(StoreId store, Intent intent) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const RuleRow* one) {
        return one->rule().store == store && one->rule().intent == intent;
    });
    return found == m_rows.end() ? nullptr : *found;
}

void AutoSendSection::save(const AutoSendRule& rule, RuleRow* row) {
    whenDone(m_desk.saveRule(rule), row, [this, row](const Result<bool>& saved) {
        if (saved)
            Q_EMIT stale();
        else
            row->setTrouble(errorSentence(saved.error()));
    });
}

} // namespace aiva
