#include "ui/answer_settings/knowledge_editor.h"

#include "ui/answer_settings/knowledge_section.h"
#include "ui/errors/error_text.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QUrl>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int knowledgeSheetWidth = 560;
constexpr int textHeight = 120;
constexpr int kinds = 6;
} // namespace

KnowledgeEditor::KnowledgeEditor(AnswerDesk& desk, const Knowledge& knowledge,
                                 const std::vector<std::pair<StoreId, QString>>& stores, QWidget* parent)
    : Sheet(knowledge.id.isValid() ? tr("Edit knowledge") : tr("New knowledge"), parent)
    , m_desk(desk)
    , m_before(knowledge)
    , m_store(new QComboBox(this))
    , m_kind(new QComboBox(this))
    , m_titleEdit(new QLineEdit(knowledge.title, this))
    , m_text(new QPlainTextEdit(knowledge.text, this))
    , m_url(new QLineEdit(knowledge.url, this))
    , m_save(new SubtleButton(tr("Save"), SubtleButton::Look::Primary, this)) {
    setFixedWidth(knowledgeSheetWidth);
    build(stores);
    showKind();
}

void KnowledgeEditor::build(const std::vector<std::pair<StoreId, QString>>& stores) {
    for (int kind = 0; kind < kinds; ++kind)
        m_kind->addItem(knowledgeKindText(static_cast<KnowledgeKind>(kind)));
    m_kind->setCurrentIndex(static_cast<int>(m_before.kind));
    for (const auto& [id, name] : stores) {
        m_store->addItem(name, id.value());
        if (id == m_before.store) m_store->setCurrentIndex(m_store->count() - 1);
    }
    m_text->setProperty("boxed", true);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(textHeight);
    m_textField = new FormField(tr("Text"), m_text);
    m_urlField = new FormField(tr("Address"), m_url);
    if (stores.size() > 1)
        body()->addWidget(new FormField(tr("Store"), m_store));
    else
        m_store->hide();
    body()->addWidget(new FormField(tr("What it is"), m_kind));
    body()->addWidget(new FormField(tr("Title"), m_titleEdit));
    body()->addWidget(m_textField);
    body()->addWidget(m_urlField);
    body()->addStretch(); // some kinds have fewer fields
    auto* cancel = new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this);
    foot()->addStretch();
    foot()->addWidget(cancel);
    foot()->addWidget(m_save);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_save, &QAbstractButton::clicked, this, &KnowledgeEditor::save);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &KnowledgeEditor::showKind);
    for (const QLineEdit* line : {m_titleEdit, m_url})
        connect(line, &QLineEdit::textChanged, this, &KnowledgeEditor::showSavable);
    connect(m_text, &QPlainTextEdit::textChanged, this, &KnowledgeEditor::showSavable);
}

void KnowledgeEditor::showKind() {
    const auto kind = static_cast<KnowledgeKind>(m_kind->currentIndex());
    m_textField->setVisible(kind != KnowledgeKind::Link);
    m_urlField->setVisible(kind == KnowledgeKind::Link || kind == KnowledgeKind::Policy || kind == KnowledgeKind::Faq);
    switch (kind) {
    case KnowledgeKind::HandlingTime:
        m_textField->setHint(tr("As a reply says it: “24 hours”."));
        break;
    case KnowledgeKind::ReturnWindow:
        m_textField->setHint(tr("A number of days from delivery: 30."));
        break;
    case KnowledgeKind::Contact:
        m_textField->setHint(tr("An e-mail address or a phone number."));
        break;
    default:
        m_textField->setHint(tr("Only what stands here may be promised."));
    }
    showSavable();
}

Knowledge KnowledgeEditor::written() const {
    Knowledge knowledge = m_before;
    if (m_store->count() > 0) knowledge.store = StoreId(m_store->currentData().toLongLong());
    knowledge.kind = static_cast<KnowledgeKind>(m_kind->currentIndex());
    knowledge.title = m_titleEdit->text().trimmed();
    knowledge.text = knowledge.kind == KnowledgeKind::Link ? QString() : m_text->toPlainText().trimmed();
    knowledge.url = m_urlField->isHidden() ? QString() : m_url->text().trimmed();
    return knowledge;
}

// Empty: it can be saved. What merely is not there yet is no trouble to shout about.
QString KnowledgeEditor::trouble() const {
    const Knowledge knowledge = written();
    const QUrl url(knowledge.url, QUrl::StrictMode);
    if (!knowledge.url.isEmpty() && (!url.isValid() || url.scheme() != "https"_L1))
        return tr("A whole address that begins with https://");
    bool isNumber = false;
    const int days = knowledge.text.toInt(&isNumber);
    const bool isDays = isNumber && days > 0 && days <= 3650;
    if (knowledge.kind == KnowledgeKind::ReturnWindow && !knowledge.text.isEmpty() && !isDays)
        return tr("A number of days.");
    return {};
}

void KnowledgeEditor::showSavable() {
    const Knowledge knowledge = written();
    const QString wrong = trouble();
    m_urlField->setTrouble(wrong.contains(u"https"_s) ? wrong : QString());
    m_textField->setTrouble(wrong.contains(u"https"_s) ? QString() : wrong);
    const bool isThere = knowledge.kind == KnowledgeKind::Link ? !knowledge.url.isEmpty() : !knowledge.text.isEmpty();
    m_save->setEnabled(isThere && wrong.isEmpty() && knowledge.store.isValid());
}

void KnowledgeEditor::save() {
    m_save->setEnabled(false);
    whenDone(m_desk.saveKnowledge(written()), this, [this](const Result<KnowledgeId>& saved) {
        showSavable();
        if (saved) {
            Q_EMIT this->saved();
            accept();
        } else {
            m_textField->setTrouble(errorSentence(saved.error()));
        }
    });
}

} // namespace aiva
