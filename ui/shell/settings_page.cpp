#include "ui/shell/settings_page.h"

#include "ui/conversation/fold_button.h"
#include "ui/theme/font_license.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/undo_bar.h"

#include <QBoxLayout>
#include <QPlainTextEdit>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int licenseHeight = 280;

struct Library {
    const char* name;
    const char* license;
};
// Linked dynamically; their texts come with the system's packages.
constexpr Library libraries[] = {
    {"Qt 6", "LGPL-3.0"},           {"GMime 3", "LGPL-2.1-or-later"}, {"Hunspell", "LGPL-2.1-or-later"},
    {"QtKeychain", "BSD-3-Clause"}, {"SQLite", "public domain"},      {"OpenSSL 3", "Apache-2.0"},
    {"simdjson", "Apache-2.0"},     {"cpp-httplib", "MIT"},           {"zlib", "Zlib"},
};

} // namespace

SettingsPage::SettingsPage(MailDesk& mail, AnswerDesk& answers, StoreDesk& stores, const Clock& clock,
                           const QString& workspaceDir, QWidget* parent)
    : Page(tr("Settings"), parent)
    , m_mailboxes(new MailboxesSection(mail, clock))
    , m_stores(new StoreSettings(stores))
    , m_replies(new CannedRepliesSection(mail, *new UndoBar(this)))
    , m_autoSend(new AutoSendSection(answers))
    , m_models(new ModelsSection(answers))
    , m_playbooks(new PlaybooksSection(answers))
    , m_knowledge(new KnowledgeSection(answers)) {
    column()->addWidget(m_mailboxes);
    column()->addWidget(m_stores);
    column()->addWidget(m_autoSend);
    column()->addWidget(m_models);
    column()->addWidget(m_playbooks);
    column()->addWidget(m_knowledge);
    column()->addWidget(m_replies);
    addWorkspace(workspaceDir);
    addAbout();
    column()->addStretch();
}

PrivacySection* SettingsPage::addPrivacy(PrivacyDesk& desk, const Clock& clock, PrivacySection::Known known) {
    m_privacy = new PrivacySection(desk, clock, std::move(known));
    column()->insertWidget(column()->indexOf(m_replies) + 1, m_privacy);
    return m_privacy;
}

void SettingsPage::addHeading(const QString& text) {
    auto* label = textLabel(text, TextStyle::Micro, &Colors::textMuted);
    label->setContentsMargins(0, 3 * size::grid, 0, 0);
    column()->addWidget(label);
}

void SettingsPage::addWorkspace(const QString& dir) {
    addHeading(tr("Workspace"));
    auto* place = textLabel(dir, TextStyle::MonoMeta, &Colors::textPrimary);
    place->setTextInteractionFlags(Qt::TextSelectableByMouse);
    place->setWordWrap(true);
    column()->addWidget(place);
    column()->addWidget(textLabel(tr("Encrypted on this computer. Nothing in it leaves without you."), TextStyle::Dense,
                                  &Colors::textSecondary));
}

void SettingsPage::addAbout() {
    addHeading(tr("About"));
    column()->addWidget(
        textLabel(tr("Aiva %1").arg(QStringLiteral(AIVA_VERSION)), TextStyle::Dense, &Colors::textPrimary));
    column()->addWidget(textLabel(tr("MIT licence"), TextStyle::Dense, &Colors::textSecondary));

    addHeading(tr("Fonts, embedded"));
    for (const FontLicense& font : embeddedFontLicenses())
        addLicense(font.family, u"OFL-1.1"_s, font.copyright + u"\n\n"_s + font.license);
    addHeading(tr("Libraries, linked"));
    for (const Library& library : libraries)
        addLicense(QString::fromLatin1(library.name), QString::fromLatin1(library.license), {});
}

void SettingsPage::addLicense(const QString& name, const QString& license, const QString& text) {
    auto* line = new QHBoxLayout;
    line->addWidget(textLabel(name, TextStyle::Dense, &Colors::textPrimary));
    line->addWidget(textLabel(license, TextStyle::MonoMicro, &Colors::textSecondary));
    line->addStretch();
    column()->addLayout(line);
    if (text.isEmpty()) return;
    auto* fold = new FoldButton(tr("Licence of %1").arg(name));
    line->addWidget(fold);
    auto* view = new QPlainTextEdit(text);
    view->setReadOnly(true);
    view->setFont(Theme::font(TextStyle::MonoMicro));
    view->setFixedHeight(licenseHeight);
    view->setAccessibleName(fold->text());
    view->hide();
    column()->addWidget(view);
    connect(fold, &QAbstractButton::toggled, view, &QWidget::setVisible);
}

} // namespace aiva
