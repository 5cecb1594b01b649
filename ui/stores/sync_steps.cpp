#include "ui/stores/sync_steps.h"

#include "ui/stores/job_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int stepLine = 22;
constexpr int stepInset = 20; // of the words, behind the mark
constexpr int stepBar = 2;

QString stepStateWord(ResourceProgress::State state) {
    switch (state) {
    case ResourceProgress::State::Done:
        return SyncSteps::tr("done");
    case ResourceProgress::State::Running:
        return SyncSteps::tr("running");
    case ResourceProgress::State::Waiting:
        break;
    }
    return SyncSteps::tr("waits");
}

} // namespace

SyncSteps::SyncSteps(QWidget* parent) : QWidget(parent) {
    describe(this);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void SyncSteps::setProgress(const std::vector<ResourceProgress>& resources) {
    const bool isTaller = resources.size() != m_resources.size();
    m_resources = resources;
    if (isTaller) updateGeometry();
    update();
}

QString SyncSteps::countText(const ResourceProgress& one) const {
    const QLocale locale;
    if (one.state == ResourceProgress::State::Waiting) return one.total > 0 ? locale.toString(one.total) : QString();
    if (one.state == ResourceProgress::State::Done || one.total <= 0)
        return one.done > 0 ? locale.toString(one.done) : QString();
    return tr("%1 of %2").arg(locale.toString(one.done), locale.toString(std::max(one.done, one.total)));
}

AccessibleFace SyncSteps::face() const {
    QStringList parts;
    for (const ResourceProgress& one : m_resources)
        parts << u"%1: %2 %3"_s.arg(resourceTitle(one.resource), stepStateWord(one.state), countText(one)).trimmed();
    return {QAccessible::ProgressBar, tr("Sync"), parts.join(u", "_s), {}, Expansion::None};
}

QSize SyncSteps::sizeHint() const {
    return {stepLine * 12, static_cast<int>(m_resources.size()) * stepLine};
}

QSize SyncSteps::minimumSizeHint() const {
    return {0, sizeHint().height()};
}

void SyncSteps::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    const Colors& colors = Theme::colors();
    using Stands = ResourceProgress::State;
    for (size_t i = 0; i < m_resources.size(); ++i) {
        const ResourceProgress& one = m_resources[i];
        const QRectF line(0, static_cast<qreal>(i) * stepLine, width(), stepLine);
        const QRectF mark = mirrored(*this, QRectF(0, line.top(), size::dot, stepLine));
        if (one.state == Stands::Done)
            drawIcon(painter, Icon::Check, mark.adjusted(-2, 0, 4, 0), colors.ok);
        else
            paintStatusDot(painter, mark,
                           one.state == Stands::Running ? DotLook{DotShape::Half, Tone::Warning}
                                                        : DotLook{DotShape::Hollow, Tone::Muted});
        const QRectF words = mirrored(*this, line.adjusted(stepInset, 0, 0, 0));
        const bool isWaiting = one.state == Stands::Waiting;
        drawLine(painter, words, resourceTitle(one.resource), Theme::font(TextStyle::Meta),
                 isWaiting ? colors.textMuted : colors.textPrimary);
        drawLine(painter, words, countText(one), Theme::font(TextStyle::MonoMicro),
                 isWaiting ? colors.textMuted : colors.textSecondary, Qt::AlignTrailing);
        if (one.state != Stands::Running || one.total <= 0) continue;
        const qreal share = std::min(1.0, static_cast<double>(one.done) / static_cast<double>(one.total));
        const QRectF track(stepInset, line.bottom() - stepBar, width() - stepInset, stepBar);
        fillRounded(painter, mirrored(*this, track), stepBar / 2.0, colors.selected);
        fillRounded(painter, mirrored(*this, QRectF(track.left(), track.top(), track.width() * share, stepBar)),
                    stepBar / 2.0, colors.warning);
    }
}

} // namespace aiva
