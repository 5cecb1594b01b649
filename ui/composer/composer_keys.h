// The keys that work anywhere in the composer: canned replies, files, and the formats of a reply.
#pragma once

class QWidget;

namespace aiva {

class AttachedFiles;
class FormatBar;
class OpenDraft;
class WritingTools;

// All but `composer` are children of it.
struct ComposerKeys {
    OpenDraft* draft;
    FormatBar* formats;
    WritingTools* tools;
    AttachedFiles* files;
};
void bindKeys(QWidget* composer, const ComposerKeys& keys);

} // namespace aiva
