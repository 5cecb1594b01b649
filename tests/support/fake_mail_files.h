// FakeMailFilePort: a folder of mail without files. Reads as many made-up messages as it is asked to.
#pragma once

#include "core/ports/mail_file_port.h"

#include <functional>

namespace aiva::test {

class FakeMailFilePort final : public MailFilePort {
public:
    int messages = 0;
    int refuseEvery = 0; // 0: none
    std::function<void(int index)> beforeEach;

    Result<void> read(const QString& path, const Handler& handler) override;
    static MessageRecord message(int index);
};

} // namespace aiva::test
