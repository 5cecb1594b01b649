#include "app/sandbox/mail/enclosures.h"

#include <zlib.h>

#include <cstdint>
#include <vector>

namespace aiva::sandbox {
namespace {

void putBig32(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>((value >> shift) & 0xFF);
}

void putChunk(std::string& out, std::string_view type, const std::string& data) {
    putBig32(out, static_cast<std::uint32_t>(data.size()));
    const std::string body = std::string(type) + data;
    out += body;
    const auto* bytes = reinterpret_cast<const Bytef*>(body.data());
    putBig32(out, static_cast<std::uint32_t>(crc32(0, bytes, static_cast<uInt>(body.size()))));
}

struct Pixel {
    int red;
    int green;
    int blue;
};

Pixel pixelAt(int x, int y, int width, int height, unsigned tint) {
    const int table = height * 2 / 3;
    Pixel pixel = y < table ? Pixel{196 - y / 3, 190 - y / 3, 176 - y / 3} : Pixel{120 + y / 8, 84 + y / 9, 52};
    const int centreX = width / 2;
    const int half = width / 5;
    const bool pot = x > centreX - half && x < centreX + half && y > height / 4 && y < height * 5 / 6;
    if (!pot) return pixel;
    const int light = 60 - (x - centreX + half) * 90 / (2 * half);
    pixel = {static_cast<int>(tint >> 16 & 0xFF) + light, static_cast<int>(tint >> 8 & 0xFF) + light,
             static_cast<int>(tint & 0xFF) + light};
    const int dentX = x - (centreX - half / 3);
    const int dentY = y - height / 2;
    if (dentX * dentX + dentY * dentY < half * half / 6) pixel = {pixel.red / 2, pixel.green / 2, pixel.blue / 2};
    return pixel;
}

char clamped(int value) {
    return static_cast<char>(value < 0 ? 0 : value > 255 ? 255 : value);
}

} // namespace

std::string photograph(int width, int height, unsigned tint) {
    std::string raw;
    for (int y = 0; y < height; ++y) {
        raw += '\0';
        for (int x = 0; x < width; ++x) {
            const Pixel pixel = pixelAt(x, y, width, height, tint);
            raw += clamped(pixel.red);
            raw += clamped(pixel.green);
            raw += clamped(pixel.blue);
        }
    }
    uLongf size = compressBound(static_cast<uLong>(raw.size()));
    std::string packed(size, '\0');
    compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(raw.data()),
              static_cast<uLong>(raw.size()), 6);
    packed.resize(size);
    std::string header;
    putBig32(header, static_cast<std::uint32_t>(width));
    putBig32(header, static_cast<std::uint32_t>(height));
    header += std::string("\x08\x02\x00\x00\x00", 5);
    std::string png("\x89PNG\r\n\x1a\n", 8);
    putChunk(png, "IHDR", header);
    putChunk(png, "IDAT", packed);
    putChunk(png, "IEND", {});
    return png;
}

std::string onePagePdf(std::string_view title, std::string_view lines) {
    std::string page = "BT /F1 18 Tf 72 760 Td (" + std::string(title) + ") Tj /F1 11 Tf 0 -28 Td 16 TL\n";
    std::string line;
    for (const char c : std::string(lines) + "\n") {
        if (c != '\n') {
            if (c == '(' || c == ')' || c == '\\') line += '\\';
            line += c;
            continue;
        }
        page += "(" + line + ") Tj T*\n";
        line.clear();
    }
    page += "ET";
    const std::vector<std::string> objects{
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> "
        ">>",
        "<< /Length " + std::to_string(page.size()) + " >>\nstream\n" + page + "\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
    std::string pdf = "%PDF-1.4\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        std::string offset = std::to_string(pdf.size());
        table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string start = std::to_string(pdf.size());
    return pdf + "xref\n0 6\n" + table + "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
}

} // namespace aiva::sandbox
