#include "tests/support/scripted_server.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

namespace aiva::test {
namespace {

template <auto Free>
struct IdentityFreed {
    template <typename T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using IdentityKey = std::unique_ptr<EVP_PKEY, IdentityFreed<EVP_PKEY_free>>;
using IdentityCertificate = std::unique_ptr<X509, IdentityFreed<X509_free>>;
using IdentityBio = std::unique_ptr<BIO, IdentityFreed<BIO_free_all>>;

void addExtension(X509* certificate, int nid, const QByteArray& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

QByteArray pem(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

IdentityCertificate unsignedCertificate(EVP_PKEY* key, const QByteArray& dnsName, long validSeconds) {
    IdentityCertificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), validSeconds);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(dnsName.constData()),
                               -1, -1, 0);
    addExtension(certificate.get(), NID_subject_alt_name, "DNS:" + dnsName);
    return certificate;
}

ServerIdentity identityOf(X509* certificate, EVP_PKEY* key) {
    const IdentityBio certificateBio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(certificateBio.get(), certificate);
    const IdentityBio keyBio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(keyBio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return {QSslCertificate(pem(certificateBio.get())), QSslKey(pem(keyBio.get()), QSsl::Ec)};
}

} // namespace

ServerIdentity selfSignedIdentity(const QByteArray& dnsName) {
    const IdentityKey key(EVP_EC_gen("P-256"));
    const IdentityCertificate certificate = unsignedCertificate(key.get(), dnsName, 86400);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    addExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    return identityOf(certificate.get(), key.get());
}

ServerIdentity signedIdentity(const ServerIdentity& authority, const QByteArray& dnsName, long validSeconds) {
    const QByteArray authorityPem = authority.certificate.toPem();
    const QByteArray authorityKeyPem = authority.key.toPem();
    const IdentityBio certificateBio(BIO_new_mem_buf(authorityPem.constData(), static_cast<int>(authorityPem.size())));
    const IdentityCertificate issuer(PEM_read_bio_X509(certificateBio.get(), nullptr, nullptr, nullptr));
    const IdentityBio keyBio(BIO_new_mem_buf(authorityKeyPem.constData(), static_cast<int>(authorityKeyPem.size())));
    const IdentityKey issuerKey(PEM_read_bio_PrivateKey(keyBio.get(), nullptr, nullptr, nullptr));
    const IdentityKey key(EVP_EC_gen("P-256"));
    const IdentityCertificate certificate = unsignedCertificate(key.get(), dnsName, validSeconds);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
    X509_sign(certificate.get(), issuerKey.get(), EVP_sha256());
    return identityOf(certificate.get(), key.get());
}

} // namespace aiva::test
