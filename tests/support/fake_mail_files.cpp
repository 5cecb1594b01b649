#include "tests/support/fake_mail_files.h"

using namespace Qt::StringLiterals;

namespace aiva::test {

MessageRecord FakeMailFilePort::message(int index) {
    MessageRecord message;
    message.messageId = u"message-%1@example.com"_s.arg(index);
    message.from = {u"Person %1"_s.arg(index), u"person%1@example.com"_s.arg(index)};
    message.to = {{u"Support"_s, u"help@licht.example"_s}};
    message.date = UtcTime(1'700'000'000'000).plusSeconds(index);
    message.subject = u"Where is my order %1?"_s.arg(index);
    message.text = u"Hello,\nI ordered a lamp %1 days ago.\n"_s.arg(index);
    message.rawSize = 400;
    return message;
}

Result<void> FakeMailFilePort::read(const QString& path, const Handler& handler) {
    if (path.isEmpty()) return Error{ErrorKind::NotFound, u"nothing is there"_s};
    for (int i = 0; i < messages; ++i) {
        if (beforeEach) beforeEach(i);
        const QString name = u"%1.eml"_s.arg(i);
        const bool refuses = refuseEvery > 0 && i % refuseEvery == refuseEvery - 1;
        if (!handler(name,
                     refuses ? Result<MessageRecord>(Error{ErrorKind::Invalid, u"too many parts"_s}) : message(i)))
            return {};
    }
    return {};
}

} // namespace aiva::test
