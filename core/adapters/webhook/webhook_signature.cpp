#include "core/adapters/webhook/webhook_signature.h"

#include <QByteArray>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace aiva {
namespace {

constexpr int kDigestBytes = 32;
constexpr qsizetype kSignatureCharacters = 44;

struct Escape {
    std::string_view text;
    char character;
};
// Those that wp_specialchars_decode(…, ENT_QUOTES) undoes.
constexpr std::array kEscapes{
    Escape{"&amp;", '&'},   Escape{"&#038;", '&'}, Escape{"&#38;", '&'},   Escape{"&#x26;", '&'},
    Escape{"&lt;", '<'},    Escape{"&#060;", '<'}, Escape{"&#60;", '<'},   Escape{"&#x3c;", '<'},
    Escape{"&gt;", '>'},    Escape{"&#062;", '>'}, Escape{"&#62;", '>'},   Escape{"&#x3e;", '>'},
    Escape{"&quot;", '"'},  Escape{"&#034;", '"'}, Escape{"&#34;", '"'},   Escape{"&#x22;", '"'},
    Escape{"&#039;", '\''}, Escape{"&#39;", '\''}, Escape{"&#x27;", '\''}, Escape{"&apos;", '\''}};

} // namespace

bool isSignedWith(const SecretString& key, QByteArrayView body, QByteArrayView signature) {
    if (key.isEmpty() || signature.size() != kSignatureCharacters) return false;
    const auto decoded = QByteArray::fromBase64Encoding(
        signature.toByteArray(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() != kDigestBytes) return false;
    std::array<unsigned char, kDigestBytes> digest{};
    unsigned int length = 0;
    const auto* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                            reinterpret_cast<const unsigned char*>(body.data()), static_cast<size_t>(body.size()),
                            digest.data(), &length);
    return made && length == kDigestBytes && CRYPTO_memcmp(digest.data(), decoded.decoded.constData(), length) == 0;
}

SecretString wooCommerceKey(const SecretString& stored) {
    const std::string_view text = stored.reveal();
    QByteArray plain;
    plain.reserve(static_cast<qsizetype>(text.size()));
    for (size_t at = 0; at < text.size();) {
        const Escape* found = nullptr;
        for (const Escape& escape : kEscapes)
            if (text.substr(at).starts_with(escape.text)) found = &escape;
        plain.append(found ? found->character : text[at]);
        at += found ? found->text.size() : 1;
    }
    return SecretString::takeFrom(plain);
}

} // namespace aiva
