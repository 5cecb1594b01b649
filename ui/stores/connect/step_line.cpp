#include "ui/stores/connect/step_line.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/status_dot.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int stepLineInset = size::dot + 2 * size::grid + 2; // of the sentence, under the title

struct StepLook {
    DotLook dot;
    QString word;
};

} // namespace

StepLine::StepLine(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_dot(new StatusDot(this))
    , m_title(new TextBlock(TextStyle::Dense, &Colors::textPrimary, this))
    , m_detail(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this)) {
    m_title->setText(title);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * size::grid);
    head->addWidget(m_dot);
    head->addWidget(m_title, 1);
    m_detail->setContentsMargins(stepLineInset, 0, 0, 0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(m_detail);
    setState(StepState::Waits);
}

void StepLine::setState(StepState state, const QString& detail) {
    m_state = state;
    const StepLook look = [state]() -> StepLook {
        switch (state) {
        case StepState::Waits:
            return {{DotShape::Hollow, Tone::Muted}, tr("waits")};
        case StepState::Runs:
            return {{DotShape::Half, Tone::Warning}, tr("running")};
        case StepState::Works:
            return {{DotShape::Filled, Tone::Ok}, tr("works")};
        case StepState::Limited:
            return {{DotShape::Half, Tone::Ok}, tr("works, with a limit")};
        case StepState::Fails:
            break;
        }
        return {{DotShape::Ring, Tone::Danger}, tr("failed")};
    }();
    m_dot->setStatus(look.dot, look.word);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    const QString name = m_title->text();
    m_title->setAccessibleName(detail.isEmpty() ? u"%1: %2"_s.arg(name, look.word)
                                                : u"%1: %2. %3"_s.arg(name, look.word, detail));
}

QString StepLine::detail() const {
    return m_detail->text();
}

} // namespace aiva
