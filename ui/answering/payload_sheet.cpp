#include "ui/answering/payload_sheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QJsonDocument>
#include <QPlainTextEdit>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int sheetWidth = 720;
constexpr int textHeight = 420;

QString whereText(const ModelEndpoint& endpoint) {
    if (staysOnThisDevice(endpoint)) return PayloadSheet::tr("To %1, on this device").arg(endpoint.model);
    return PayloadSheet::tr("To %1 at %2").arg(endpoint.model, endpoint.baseUrl.host());
}

QString retentionText(const ModelEndpoint& endpoint) {
    if (staysOnThisDevice(endpoint)) return PayloadSheet::tr("It does not leave this computer.");
    if (isOnThisDevice(endpoint))
        return PayloadSheet::tr(
            "A server on this computer passes it on to a cloud; by its name the model is not here.");
    if (endpoint.retention.isEmpty())
        return PayloadSheet::tr("You have stated nothing about how long the provider keeps it.");
    return PayloadSheet::tr("You state: “%1”. Aiva cannot see whether that is so.").arg(endpoint.retention);
}

} // namespace

PayloadSheet::PayloadSheet(const ModelPayload& payload, QWidget* parent)
    : Sheet(tr("What leaves this computer"), parent), m_text(new QPlainTextEdit(this)) {
    setFixedWidth(sheetWidth);
    Sheet::body()->addWidget(textLabel(whereText(payload.endpoint), TextStyle::DenseStrong, &Colors::textPrimary));
    auto* retention = textLabel(retentionText(payload.endpoint), TextStyle::Dense, &Colors::textSecondary);
    retention->setWordWrap(true);
    Sheet::body()->addWidget(retention);
    const QJsonDocument json = QJsonDocument::fromJson(payload.body);
    m_text->setPlainText(QString::fromUtf8(json.isNull() ? payload.body : json.toJson(QJsonDocument::Indented)));
    m_text->setReadOnly(true);
    m_text->setProperty("boxed", true);
    m_text->setTabChangesFocus(true);
    m_text->setFont(Theme::font(TextStyle::MonoMicro));
    m_text->setFixedHeight(textHeight);
    m_text->setAccessibleName(tr("The request, exactly"));
    Sheet::body()->addWidget(m_text);
    auto* digest = textLabel(tr("SHA-256 %1").arg(payload.digest), TextStyle::MonoMicro, &Colors::textMuted);
    digest->setToolTip(tr("The audit log keeps this instead of the text."));
    Sheet::body()->addWidget(digest);
    auto* close = new SubtleButton(tr("Close"), SubtleButton::Look::Subtle, this);
    connect(close, &QAbstractButton::clicked, this, &QDialog::accept);
    foot()->addStretch();
    foot()->addWidget(close);
}

} // namespace aiva
