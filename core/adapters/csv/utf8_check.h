// Tells whether a stream of bytes is UTF-8 (RFC 3629 §4: no overlong forms, no surrogates). Pure; keeps a few bytes of
// state, so that a file can be fed in pieces.
#pragma once

#include <string_view>

namespace aiva {

class Utf8Check {
public:
    void feed(std::string_view bytes);
    // Of everything fed so far; false also when a character is still incomplete.
    bool isValid() const { return m_isValid && m_left == 0; }
    // It would be, had it not ended within a character; and it is no other encoding, for it held whole ones before.
    bool isCut() const { return m_isValid && m_left > 0 && m_hasLongOnes; }

private:
    bool begin(unsigned char lead);

    bool m_isValid = true;
    bool m_hasLongOnes = false; // characters of several bytes
    int m_left = 0;             // bytes the current character still needs
    unsigned char m_lowest = 0x80;
    unsigned char m_highest = 0xBF;
};

} // namespace aiva
