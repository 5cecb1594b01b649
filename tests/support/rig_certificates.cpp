#include "tests/support/rig_certificates.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

namespace aiva::test {
namespace {

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;

constexpr long kDay = 86'400;
const QByteArray kLocalNames = "DNS:localhost,IP:127.0.0.1";

void addExtension(X509* certificate, X509* issuer, int nid, const QByteArray& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Certificate blank(const QByteArray& commonName, EVP_PKEY* key, long serial, long endsIn) {
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -10 * kDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), endsIn);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(commonName.constData()), -1, -1, 0);
    return certificate;
}

struct Authority {
    Key key;
    Certificate certificate;
};

Authority makeAuthority(const QByteArray& name) {
    Authority authority{Key(EVP_EC_gen("P-256")), nullptr};
    authority.certificate = blank(name, authority.key.get(), 1, 10 * kDay);
    X509* self = authority.certificate.get();
    X509_set_issuer_name(self, X509_get_subject_name(self));
    addExtension(self, self, NID_basic_constraints, "critical,CA:TRUE");
    addExtension(self, self, NID_key_usage, "critical,keyCertSign,cRLSign");
    addExtension(self, self, NID_subject_key_identifier, "hash");
    X509_sign(self, authority.key.get(), EVP_sha256());
    return authority;
}

QByteArray pemOf(X509* certificate) {
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return QByteArray(data, size);
}

QByteArray pemOf(EVP_PKEY* key) {
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return QByteArray(data, size);
}

QByteArray issue(const Authority& authority, EVP_PKEY* key, long serial, const QByteArray& names, long endsIn) {
    const Certificate certificate = blank("mail rig", key, serial, endsIn);
    X509* issuer = authority.certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
    addExtension(certificate.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
    addExtension(certificate.get(), issuer, NID_ext_key_usage, "serverAuth");
    addExtension(certificate.get(), issuer, NID_subject_alt_name, names);
    X509_sign(certificate.get(), authority.key.get(), EVP_sha256());
    return pemOf(certificate.get());
}

} // namespace

RigCertificates makeRigCertificates() {
    const Authority trusted = makeAuthority("Aiva test authority");
    const Authority stranger = makeAuthority("Somebody else");
    const Key key(EVP_EC_gen("P-256"));
    RigCertificates made{pemOf(trusted.certificate.get()), pemOf(key.get()), {}};
    made.pem[RigCertificate::Good] = issue(trusted, key.get(), 2, kLocalNames, 5 * kDay);
    made.pem[RigCertificate::Expired] = issue(trusted, key.get(), 3, kLocalNames, -kDay);
    made.pem[RigCertificate::WrongHost] = issue(trusted, key.get(), 4, "DNS:mail.elsewhere.example", 5 * kDay);
    made.pem[RigCertificate::Untrusted] = issue(stranger, key.get(), 5, kLocalNames, 5 * kDay);
    return made;
}

} // namespace aiva::test
