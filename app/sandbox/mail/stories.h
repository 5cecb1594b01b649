// The hand-written threads of the first screen. Texts carry {placeholders} that mail/case_facts fills from the person's
// real order. Tables only; mail/mailbox turns them into letters.
#pragma once

#include "app/sandbox/mail/letter.h"
#include "app/sandbox/world/cast.h"

#include <vector>

namespace aiva::sandbox {

enum class Writer { Customer, Shop };
enum class Enclosed { Nothing, Photo, Invoice, PurchaseOrder };

struct Turn {
    Writer writer;
    int minutesAgo;
    const char* text;
    Enclosed enclosed = Enclosed::Nothing;
};

struct Story {
    int member;   // Cast; -1: the guest; -2: somebody unknown
    int orderNth; // which of the member's story orders it is about; -1: none
    const char* subject;
    const char* language;
    LetterStyle style;
    std::vector<Turn> turns;        // oldest first
    const char* fromName = nullptr; // when it does not come from the member's own address
    const char* fromEmail = nullptr;
    const char* cc = nullptr;
    enum class Special { None, RightToLeft, Newsletter, AutoReply, QuotesConfirmation, Forged } special = Special::None;
};

const std::vector<Story>& openStories();   // newest first: what needs an answer
const std::vector<Story>& longerStories(); // threads with a past

} // namespace aiva::sandbox
