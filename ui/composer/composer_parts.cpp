#include "ui/composer/composer_parts.h"

#include "ui/composer/attachment_strip.h"
#include "ui/composer/below_text.h"
#include "ui/composer/draft_difference.h"
#include "ui/composer/format_bar.h"
#include "ui/composer/kind_switch.h"
#include "ui/composer/note_frame.h"
#include "ui/composer/outgoing_bar.h"
#include "ui/composer/recipients_bar.h"
#include "ui/composer/reply_edit.h"
#include "ui/composer/send_bar.h"
#include "ui/composer/text_marks.h"
#include "ui/composer/weather_line.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/line_label.h"

#include <QBoxLayout>

namespace aiva {

ComposerParts::ComposerParts(const Clock& clock, QWidget* composer) {
    auto* column = new QVBoxLayout(composer);
    column->setSpacing(2 * size::grid);
    outgoing = new OutgoingBar(clock, composer);
    kinds = new KindSwitch(composer);
    recipients = new RecipientsBar(composer);
    state = textLabel({}, TextStyle::MonoMicro, &Colors::textMuted, composer);
    auto* head = new QHBoxLayout;
    head->setSpacing(3 * size::grid);
    head->addWidget(kinds);
    head->addStretch(1);
    head->addWidget(state);
    difference = new DraftDifference(clock, composer);
    banner = new Banner(Banner::Shape::Row, composer);
    editor = new ReplyEdit(composer);
    marks = new TextMarks(*editor);
    frame = new NoteFrame(editor, composer);
    below = new BelowText(composer);
    strip = new AttachmentStrip(composer);
    weather = new WeatherLine(composer);
    bar = new SendBar(clock, composer);
    formats = new FormatBar(*editor, bar);
    bar->addTools(formats);
    column->addWidget(outgoing);
    column->addLayout(head);
    for (QWidget* part :
         std::initializer_list<QWidget*>{recipients, difference, banner, frame, below, strip, weather, bar})
        column->addWidget(part);
    banner->hide();
}

} // namespace aiva
