// How patiently a model is asked: time-outs, attempts and waits. Production uses forEndpoint(); tests shorten it.
#pragma once

#include "core/domain/answering/model_endpoint.h"

#include <QtGlobal>

namespace aiva {

struct ModelPace {
    int retries = 2;                  // after the first attempt
    qint64 retryFirstMs = 500;        // doubles up to retryLongestMs when the endpoint names no time
    qint64 retryLongestMs = 8'000;    //
    qint64 retryAfterMostMs = 60'000; // told to wait longer: the person hears it instead
    double jitter = 0.25;             // own waits are shorter, told ones longer by up to this share
    int connectMs = 15'000;
    int firstByteMs = 120'000;
    int idleMs = 60'000; // between two pieces
    int totalMs = 600'000;

    // A model on this machine may read its prompt for minutes before it says the first word.
    static ModelPace forEndpoint(const ModelEndpoint& endpoint);
};

} // namespace aiva
