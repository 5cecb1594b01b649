// The audit log: what was decided, sent, stopped and by whom, newest first, with search and export. Reads pages of it;
// changes nothing. The window owns it.
#pragma once

#include "ui/models/answer_reads.h"
#include "ui/widgets/page.h"

#include <QTimer>

class QLineEdit;

namespace aiva {

class EmptyState;
class SubtleButton;

// "Sent by itself", "Draft approved unedited" …
QString auditKindText(const QString& kind);
// The whole log behind the filter as CSV (RFC 4180): UTC times, stable words.
Result<QByteArray> auditCsv(const AnswerReads& reads, const AuditFilter& filter);

class AuditPage final : public Page {
    Q_OBJECT
public:
    static constexpr int rowsAtOnce = 100;

    AuditPage(AnswerReads reads, QWidget* parent = nullptr);
    void refresh();
    QLineEdit* search() const { return m_search; }
    SubtleButton* moreButton() const { return m_more; }
    SubtleButton* exportButton() const { return m_export; }
    QStringList shownKinds() const { return m_kinds; }

Q_SIGNALS:
    void conversationAsked(aiva::ConversationId id);
    void failed(const aiva::Error& error);

private:
    void build();
    void readMore();
    void clearRows();
    QWidget* makeRow(const AuditEntryView& entry);
    void exportTo();
    AuditFilter filter() const;

    AnswerReads m_reads;
    QLineEdit* m_search;
    SubtleButton* m_export;
    SubtleButton* m_more;
    EmptyState* m_empty;
    QVBoxLayout* m_list;
    std::optional<AuditId> m_last;
    QStringList m_kinds;
    QTimer m_typing;
};

} // namespace aiva
