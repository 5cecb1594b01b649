#include "ui/shell/conversation_commands.h"

#include "core/base/async.h"
#include "core/domain/mail/attachment_risk.h"
#include "ui/errors/error_text.h"
#include "ui/shell/mail_source_sheet.h"
#include "ui/widgets/undo_bar.h"

#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QUrl>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

QString riskSentence(AttachmentRisk risk) {
    switch (risk) {
    case AttachmentRisk::None:
        return {};
    case AttachmentRisk::Program:
        return ConversationCommands::tr("It is a program or a script: opening it can run it, with all your rights.");
    case AttachmentRisk::Macros:
        return ConversationCommands::tr("It can hold macros: programs that run when the document is opened.");
    case AttachmentRisk::WebPage:
        return ConversationCommands::tr("It opens in your browser, and may imitate a page that asks for a password.");
    case AttachmentRisk::DiskImage:
        return ConversationCommands::tr("It is a disk image: what is inside escapes the usual warnings.");
    case AttachmentRisk::Archive:
        return ConversationCommands::tr("It is an archive that holds programs, or that cannot be looked into.");
    case AttachmentRisk::Disguised:
        return ConversationCommands::tr("It is not what its name says. Nobody honest sends such a file.");
    }
    return {};
}

} // namespace

ConversationCommands::ConversationCommands(Desk& desk, MailDesk& mail, UndoBar& undo, QWidget* window)
    : QObject(window), m_desk(desk), m_mail(mail), m_undo(undo), m_window(window) {}

ConversationCommands::~ConversationCommands() = default;

void ConversationCommands::merge(ConversationId into, ConversationId from) {
    whenDone(m_mail.merge(into, from), this, [this](const Result<ConversationId>& merged) {
        if (!merged) {
            Q_EMIT failed(merged.error());
            return;
        }
        Q_EMIT shown(*merged);
        m_undo.offer(tr("Merged"), [this, id = *merged] { revert(id); });
    });
}

void ConversationCommands::chooseMerge(ConversationId into, QPoint globalPlace) {
    const auto others = m_desk.read().conversations->othersOfCustomer(into);
    if (!others) {
        Q_EMIT failed(others.error());
        return;
    }
    auto* menu = new QMenu(m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Merge with"));
    QAction* title = menu->addAction(others->empty() ? tr("This customer has no other conversation")
                                                     : tr("Merge into this conversation:"));
    title->setEnabled(false);
    for (const MergeSuggestion& other : *others) {
        QString subject = other.subject.isEmpty() ? tr("(no subject)") : other.subject;
        QAction* action = menu->addAction(subject.replace(u'&', u"&&"_s));
        connect(action, &QAction::triggered, this, [this, into, from = other.other] { merge(into, from); });
    }
    menu->popup(globalPlace);
}

void ConversationCommands::split(ConversationId conversation, MessageId firstOfNew) {
    whenDone(m_mail.split(conversation, firstOfNew), this, [this, conversation](const Result<ConversationId>& made) {
        if (!made) {
            Q_EMIT failed(made.error());
            return;
        }
        Q_EMIT shown(*made);
        m_undo.offer(tr("Split"), [this, conversation] {
            revert(conversation);
            Q_EMIT shown(conversation);
        });
    });
}

void ConversationCommands::revert(ConversationId conversation) {
    whenDone(m_mail.revertMove(conversation), this, [this](const Result<bool>& reverted) {
        if (!reverted) Q_EMIT failed(reverted.error());
    });
}

void ConversationCommands::keepApart(ConversationId one, ConversationId other) {
    whenDone(m_mail.keepApart(one, other), this, [this](const Result<bool>& kept) {
        if (!kept) Q_EMIT failed(kept.error());
    });
}

void ConversationCommands::showSource(MessageId message) {
    auto* sheet = new MailSourceSheet(m_window);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
    whenDone(m_mail.originalMail(message), sheet, [sheet](const Result<QByteArray>& mail) {
        if (mail)
            sheet->showMail(*mail);
        else
            sheet->showError(mail.error());
    });
}

void ConversationCommands::openAttachment(AttachmentId id, const QString& name) {
    const auto content = m_desk.read().conversations->attachmentContent(id);
    if (!content) {
        Q_EMIT failed(content.error());
        return;
    }
    const AttachmentRisk risk = attachmentRisk(name, *content);
    if (risk == AttachmentRisk::None) {
        handToSystem(name, *content);
        return;
    }
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Open attachment"), tr("Open “%1”?").arg(name),
                                QMessageBox::NoButton, m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(riskSentence(risk));
    QPushButton* open = box->addButton(tr("Open anyway"), QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    connect(open, &QPushButton::clicked, this, [this, name, bytes = *content] { handToSystem(name, bytes); });
    box->open();
}

void ConversationCommands::handToSystem(const QString& name, const QByteArray& content) {
    if (!m_opened) {
        // In memory where the system has such a place: nothing of a customer stays on the disk.
        const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
        m_opened = std::make_unique<QTemporaryDir>(
            (runtime.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::TempLocation) : runtime) +
            u"/aiva-XXXXXX"_s);
    }
    const QString folder = m_opened->filePath(QString::number(++m_openedCount)); // the name stays as it is
    const QString path = folder + u'/' + name;
    QFile file(path);
    const bool written = m_opened->isValid() && !name.contains(u'/') && QDir().mkpath(folder) &&
                         file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    file.close();
    file.setPermissions(QFile::ReadOwner);
    if (!written || !QDesktopServices::openUrl(QUrl::fromLocalFile(path)))
        Q_EMIT failed({ErrorKind::Storage, u"the attachment could not be handed to a viewer"_s});
}

} // namespace aiva
