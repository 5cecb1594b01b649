// The widgets of the composer and how they stand: what is on its way out, whom it goes to, what changed, the text, what
// follows below it, the files and the last line. Knows nothing of what they are for.
#pragma once

#include "core/base/clock.h"

class QWidget;

namespace aiva {

class AttachmentStrip;
class Banner;
class BelowText;
class DraftDifference;
class FormatBar;
class KindSwitch;
class NoteFrame;
class OutgoingBar;
class RecipientsBar;
class ReplyEdit;
class SendBar;
class TextBlock;
class TextMarks;
class WeatherLine;

struct ComposerParts {
    // Made as children of `composer`, in a layout of its.
    ComposerParts(const Clock& clock, QWidget* composer);

    OutgoingBar* outgoing;
    KindSwitch* kinds;
    TextBlock* state; // "saved 9:41"
    RecipientsBar* recipients;
    DraftDifference* difference;
    Banner* banner;
    ReplyEdit* editor;
    TextMarks* marks;
    NoteFrame* frame;
    BelowText* below;
    AttachmentStrip* strip;
    WeatherLine* weather;
    SendBar* bar;
    FormatBar* formats;
};

} // namespace aiva
