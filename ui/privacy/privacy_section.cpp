#include "ui/privacy/privacy_section.h"

#include "ui/errors/error_text.h"
#include "ui/privacy/erase_sheet.h"
#include "ui/privacy/request_row.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>

#include <utility>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int addressWidth = 460;
}

PrivacySection::PrivacySection(PrivacyDesk& desk, const Clock& clock, Known known, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_clock(clock)
    , m_known(std::move(known))
    , m_address(new QLineEdit)
    , m_field(new FormField(tr("E-mail address"), m_address,
                            tr("Everything known by it: records of every shop, mail, drafts, notes and files."), this))
    , m_export(new SubtleButton(tr("Export…"), SubtleButton::Look::Subtle, this))
    , m_erase(new SubtleButton(tr("Erase…"), SubtleButton::Look::Subtle, this))
    , m_none(new TextBlock(TextStyle::Dense, &Colors::textSecondary, this))
    , m_result(new TextBlock(TextStyle::Dense, &Colors::textPrimary, this))
    , m_place(new QWidget(this))
    , m_list(new QVBoxLayout(m_place)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 3 * size::grid, 0, 0);
    column->setSpacing(2 * size::grid);
    auto* title = new TextBlock(TextStyle::Micro, &Colors::textMuted, this);
    title->setText(tr("Privacy"));
    column->addWidget(title);
    m_none->setText(tr("No shop asks for anybody's data. What shops ask to erase, Aiva erases by itself."));
    column->addWidget(m_none);
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(0);
    m_place->hide();
    column->addWidget(m_place);
    column->addSpacing(size::grid);
    m_field->setMaximumWidth(addressWidth);
    column->addWidget(m_field);
    auto* across = new QHBoxLayout;
    across->setSpacing(2 * size::grid);
    across->addWidget(m_export);
    across->addWidget(m_erase);
    across->addStretch();
    column->addLayout(across);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_result->hide();
    column->addWidget(m_result);
    m_export->setSpokenName(tr("Export the data of this address"));
    m_erase->setSpokenName(tr("Erase the person of this address"));
    connect(m_address, &QLineEdit::textChanged, this, [this] { m_field->setTrouble({}); });
    connect(m_export, &QAbstractButton::clicked, this, [this] { chooseFolderFor(m_address->text().trimmed()); });
    connect(m_erase, &QAbstractButton::clicked, this, [this] { askToErase(m_address->text().trimmed()); });
}

// A day that has come since changes what a row says.
bool PrivacySection::isAsShown(const PrivacyRequestView& request, const PrivacyRequestView& shown) const {
    return request == shown && (request.dueAt <= m_clock.now()) == (shown.dueAt <= m_shownAt);
}

// A row that says the same stays, and the focus in it.
void PrivacySection::setRequests(const std::vector<PrivacyRequestView>& requests) {
    std::vector<RequestRow*> rows;
    for (const PrivacyRequestView& request : requests) {
        RequestRow* kept = nullptr;
        for (size_t i = 0; i < m_rows.size() && kept == nullptr; ++i)
            if (m_rows[i] != nullptr && isAsShown(request, m_requests[i])) kept = std::exchange(m_rows[i], nullptr);
        rows.push_back(kept);
    }
    m_requests = requests;
    m_shownAt = m_clock.now();
    m_none->setVisible(requests.empty());
    // What is left of the old ones goes; the focus in it would go far away.
    const QWidget* focus = window()->focusWidget();
    for (RequestRow* gone : m_rows) {
        if (gone == nullptr) continue;
        if (focus != nullptr && gone->isAncestorOf(focus)) m_address->setFocus(Qt::OtherFocusReason);
        m_list->removeWidget(gone);
        gone->hide();
        gone->deleteLater(); // its button may be the one that asked
    }
    m_place->setVisible(!requests.empty());
    m_rows = std::move(rows);
    for (size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i] == nullptr) m_rows[i] = addRow(requests[i], static_cast<int>(i));
}

RequestRow* PrivacySection::addRow(const PrivacyRequestView& request, int place) {
    auto* row = new RequestRow(request, m_shownAt, m_place);
    const QString who = request.address.isEmpty() ? request.storeName : request.address;
    connect(row, &RequestRow::exportAsked, this, [this, who, id = request.id] {
        chooseFolder(who, [this, id](const QString& folder) { answerTo(id, folder); });
    });
    connect(row, &RequestRow::eraseAsked, this, [this, address = request.address] { askToErase(address); });
    connect(row, &RequestRow::closeAsked, this, [this, id = request.id] { closeRequest(id); });
    m_list->insertWidget(place, row);
    row->show();
    return row;
}

QString PrivacySection::resultText() const {
    return m_result->isHidden() ? QString() : m_result->text();
}

QString PrivacySection::trouble() const {
    return m_field->trouble();
}

void PrivacySection::say(const QString& text, bool isTrouble) {
    m_result->setColor(isTrouble ? &Colors::warning : &Colors::textPrimary);
    m_result->setText(text);
    m_result->show();
}

bool PrivacySection::isKnown(const QString& address, KnownPerson& known) {
    const auto read = m_known(address);
    if (!read) {
        say(errorSentence(read.error()), true);
        return false;
    }
    known = *read;
    if (known.isKnown()) return true;
    m_field->setTrouble(address.isEmpty() ? tr("Type the address of the person first.")
                                          : tr("Nobody is known by %1.").arg(address));
    m_address->setFocus(Qt::OtherFocusReason);
    return false;
}

void PrivacySection::chooseFolderFor(const QString& address) {
    KnownPerson known;
    if (isKnown(address, known))
        chooseFolder(address, [this, address](const QString& folder) { exportTo(address, folder); });
}

void PrivacySection::chooseFolder(const QString& who, std::function<void(const QString& folder)> then) {
    auto* dialog = new QFileDialog(this, tr("Where to put the export of %1").arg(who));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, std::move(then));
    dialog->open();
}

// A folder of its own, named so that a second export does not meet the first.
QString PrivacySection::newFolderIn(const QString& parentFolder) const {
    const QString stamp = m_clock.now().toDateTime().toString(u"yyyyMMdd-HHmmss"_s);
    return QDir(parentFolder).filePath(u"aiva-export-%1"_s.arg(stamp));
}

void PrivacySection::exportTo(const QString& address, const QString& parentFolder) {
    showWhenExported(m_desk.exportPerson(address, newFolderIn(parentFolder)));
}

void PrivacySection::answerTo(PrivacyTaskId request, const QString& parentFolder) {
    showWhenExported(m_desk.answerRequest(request, newFolderIn(parentFolder)));
}

void PrivacySection::closeRequest(PrivacyTaskId request) {
    whenDone(m_desk.closeRequest(request), this, [this](const Result<bool>& closed) {
        // A sync may have brought them since this was read.
        const bool isKept = !closed && closed.error().kind == ErrorKind::Conflict;
        if (isKept)
            say(tr("Something is kept about them by now. Export it instead."), true);
        else if (!closed)
            say(errorSentence(closed.error()), true);
        else
            say(tr("Closed: nothing is kept about them."), false);
        if (closed || isKept) Q_EMIT stale();
    });
}

void PrivacySection::showWhenExported(const Future<ExportedPerson>& exported) {
    const bool hadFocus = window()->focusWidget() == m_export;
    m_export->setEnabled(false);
    say(tr("Exporting…"), false);
    whenDone(exported, this, [this, hadFocus](const Result<ExportedPerson>& done) {
        showExported(done);
        if (hadFocus && window()->focusWidget() == m_erase) m_export->setFocus(Qt::OtherFocusReason);
    });
}

void PrivacySection::showExported(const Result<ExportedPerson>& exported) {
    m_export->setEnabled(true);
    if (!exported) {
        say(exported.error().kind == ErrorKind::Conflict
                ? tr("There is something in that folder already. Choose another place.")
                : errorSentence(exported.error()),
            true);
        return;
    }
    say(tr("Exported to %1. Open index.html there; whoever asked can read it without Aiva.").arg(exported->dir), false);
    Q_EMIT stale();
}

EraseSheet* PrivacySection::askToErase(const QString& address) {
    KnownPerson known;
    if (!isKnown(address, known)) return nullptr;
    auto* sheet = new EraseSheet(m_desk, address, known, window());
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    connect(sheet, &EraseSheet::done, this, [this] {
        m_address->clear();
        m_result->hide();
        Q_EMIT stale();
    });
    sheet->open();
    return sheet;
}

} // namespace aiva
