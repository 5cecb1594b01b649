// The certificates a mail rig shows: good ones and three kinds of bad ones. Fresh for each rig, made in memory.
#pragma once

#include <QByteArray>

#include <map>

namespace aiva::test {

// Expired: ended yesterday. WrongHost: for mail.elsewhere.example. Untrusted: signed by an authority nobody was given.
enum class RigCertificate { Good, Expired, WrongHost, Untrusted };

struct RigCertificates {
    QByteArray authorityPem; // of the authority that signed all but Untrusted
    QByteArray keyPem;       // one key serves them all
    std::map<RigCertificate, QByteArray> pem;
};

// For localhost and 127.0.0.1.
RigCertificates makeRigCertificates();

} // namespace aiva::test
