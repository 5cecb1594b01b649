// Settings: mailboxes, stores, automatic sending, models, playbooks, knowledge, canned replies, where the workspace is,
// and About with the licences of what comes along.
#pragma once

#include "ui/answer_settings/auto_send_section.h"
#include "ui/answer_settings/knowledge_section.h"
#include "ui/answer_settings/models_section.h"
#include "ui/answer_settings/playbooks_section.h"
#include "ui/mailboxes/canned_replies_section.h"
#include "ui/mailboxes/mailboxes_section.h"
#include "ui/privacy/privacy_section.h"
#include "ui/stores/store_settings.h"
#include "ui/widgets/page.h"

namespace aiva {

class SettingsPage final : public Page {
    Q_OBJECT
public:
    SettingsPage(MailDesk& mail, AnswerDesk& answers, StoreDesk& stores, const Clock& clock,
                 const QString& workspaceDir, QWidget* parent = nullptr);

    MailboxesSection* mailboxes() const { return m_mailboxes; }
    StoreSettings* stores() const { return m_stores; }
    CannedRepliesSection* cannedReplies() const { return m_replies; }
    AutoSendSection* autoSend() const { return m_autoSend; }
    ModelsSection* models() const { return m_models; }
    PlaybooksSection* playbooks() const { return m_playbooks; }
    KnowledgeSection* knowledge() const { return m_knowledge; }

    // Behind the canned replies; a page for a desk without it has none.
    PrivacySection* addPrivacy(PrivacyDesk& desk, const Clock& clock, PrivacySection::Known known);
    PrivacySection* privacy() const { return m_privacy; }

private:
    void addWorkspace(const QString& dir);
    void addAbout();
    void addHeading(const QString& text);
    void addLicense(const QString& name, const QString& license, const QString& text);

    MailboxesSection* m_mailboxes;
    StoreSettings* m_stores;
    CannedRepliesSection* m_replies;
    AutoSendSection* m_autoSend;
    ModelsSection* m_models;
    PlaybooksSection* m_playbooks;
    KnowledgeSection* m_knowledge;
    PrivacySection* m_privacy = nullptr;
};

} // namespace aiva
