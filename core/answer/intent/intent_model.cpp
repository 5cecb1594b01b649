#include "core/answer/intent/intent_model.h"

#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <zlib.h>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

constexpr QByteArrayView kMagic = "AIVAINT1";
constexpr qsizetype kHeaderSize = 8 + 4 + 4 + kIntentCount * 16;
constexpr qsizetype kWeightsSize = qsizetype(kIntentFeatureCount) * kIntentCount;

quint32 checksumOf(QByteArrayView bytes) {
    return quint32(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), uInt(bytes.size())));
}

void append(QByteArray& bytes, quint32 value) {
    const quint32 little = qToLittleEndian(value);
    bytes.append(reinterpret_cast<const char*>(&little), sizeof little);
}

void append(QByteArray& bytes, float value) {
    quint32 bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    append(bytes, bits);
}

float floatAt(const QByteArray& bytes, qsizetype at) {
    const quint32 bits = qFromLittleEndian<quint32>(bytes.constData() + at);
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

float scaleOf(const std::vector<float>& weights, size_t intent) {
    float largest = 0;
    for (size_t i = intent; i < weights.size(); i += kIntentCount)
        largest = std::max(largest, std::abs(weights[i]));
    return largest > 0 ? largest / 127.0F : 1.0F;
}

} // namespace

double logistic(double x) {
    return 1.0 / (1.0 + std::exp(-x));
}

Result<IntentModel> IntentModel::fromBytes(const QByteArray& bytes) {
    const auto invalid = [](const QString& why) { return Error{ErrorKind::Invalid, u"intent model: "_s + why}; };
    if (bytes.size() != kHeaderSize + kWeightsSize + 4) return invalid(u"wrong size"_s);
    if (!bytes.startsWith(kMagic.toByteArray())) return invalid(u"not a model of this version"_s);
    const auto* data = bytes.constData();
    if (qFromLittleEndian<quint32>(data + 8) != quint32(kIntentFeatureBits) ||
        qFromLittleEndian<quint32>(data + 12) != quint32(kIntentCount))
        return invalid(u"other features or intents"_s);
    if (qFromLittleEndian<quint32>(data + bytes.size() - 4) != checksumOf(QByteArrayView(bytes).chopped(4)))
        return invalid(u"damaged"_s);
    IntentModel model;
    for (int i = 0; i < kIntentCount; ++i) {
        const qsizetype at = 16 + i * 16;
        model.m_classes[size_t(i)] = {floatAt(bytes, at), floatAt(bytes, at + 4), floatAt(bytes, at + 8),
                                      floatAt(bytes, at + 12)};
    }
    model.m_weights = bytes.mid(kHeaderSize, kWeightsSize);
    return model;
}

QByteArray IntentModel::toBytes(const std::vector<float>& weights, const IntentScores& biases,
                                const IntentScores& slopes, const IntentScores& offsets) {
    Q_ASSERT(weights.size() == size_t(kWeightsSize));
    QByteArray bytes = kMagic.toByteArray();
    bytes.reserve(kHeaderSize + kWeightsSize + 4);
    append(bytes, quint32(kIntentFeatureBits));
    append(bytes, quint32(kIntentCount));
    std::array<float, kIntentCount> scales{};
    for (size_t i = 0; i < kIntentCount; ++i) {
        scales[i] = scaleOf(weights, i);
        append(bytes, scales[i]);
        append(bytes, float(biases[i]));
        append(bytes, float(slopes[i]));
        append(bytes, float(offsets[i]));
    }
    for (size_t i = 0; i < weights.size(); ++i)
        bytes.append(char(qint8(std::lround(weights[i] / scales[i % kIntentCount]))));
    append(bytes, checksumOf(bytes));
    return bytes;
}

IntentScores IntentModel::decisions(const std::vector<IntentFeature>& features) const {
    std::array<float, kIntentCount> sums{};
    const auto* weights = reinterpret_cast<const qint8*>(m_weights.constData());
    for (const IntentFeature& feature : features) {
        const qint8* row = weights + size_t(feature.index) * kIntentCount;
        for (size_t i = 0; i < kIntentCount; ++i)
            sums[i] += feature.value * float(row[i]);
    }
    IntentScores decisions{};
    for (size_t i = 0; i < kIntentCount; ++i)
        decisions[i] = double(sums[i]) * double(m_classes[i].scale) + double(m_classes[i].bias);
    return decisions;
}

IntentScores IntentModel::probabilities(const std::vector<IntentFeature>& features) const {
    IntentScores scores = decisions(features);
    for (size_t i = 0; i < kIntentCount; ++i)
        scores[i] = logistic(double(m_classes[i].slope) * scores[i] + double(m_classes[i].offset));
    return scores;
}

} // namespace aiva
