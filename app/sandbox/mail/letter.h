// One mail before it becomes bytes, and the writer that makes it so. Filled by mail/mailbox; plain values.
#pragma once

#include "core/base/utc_time.h"

#include <string>
#include <vector>

namespace aiva::sandbox {

struct Mailbox {
    std::string name;
    std::string email;
};

struct Enclosure {
    std::string name;
    std::string mimeType;
    std::string contentId; // inline when set
    std::string bytes;
};

enum class LetterStyle {
    Plain,   // text/plain only
    Web,     // text and HTML, as web mail writes it
    Outlook, // text and HTML with Word's classes and a header block before the quotation
    Phone,   // text and HTML, "Sent from my phone"
    Latin1,  // text/plain in ISO-8859-1
    Designed // a newsletter: HTML with a table, text beside it
};

struct Letter {
    Mailbox from;
    Mailbox to;
    std::string cc;
    std::string replyTo;
    std::string subject;
    std::string messageId;               // without brackets
    std::vector<std::string> references; // oldest first
    UtcTime date;
    std::string text;  // what was written, without the quotation
    std::string quote; // the quotation with its introducing line, may be empty
    std::vector<Enclosure> enclosures;
    LetterStyle style = LetterStyle::Web;
    bool rightToLeft = false;
    bool automated = false;  // Auto-Submitted: auto-replied
    bool newsletter = false; // List-Unsubscribe, Precedence: bulk
    bool forged = false;     // fails SPF and DMARC
    bool outgoing = false;   // written by the shop
};

// The whole mail, RFC 5322 with LF line ends as a Maildir keeps it.
std::string mailBytes(const Letter& letter);
// "Fri, 20 Nov 2026 09:41:00 +0000"
std::string mailDate(UtcTime time);

} // namespace aiva::sandbox
