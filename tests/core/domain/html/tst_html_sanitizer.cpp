#include "core/domain/html/css_style.h"
#include "core/domain/html/html_attributes.h"
#include "core/domain/html/html_sanitizer.h"
#include "tests/core/domain/html/html_judge.h"
#include "tests/support/patience.h"
#include "tests/support/time_allowance.h"

#include <QRandomGenerator>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestHtmlSanitizer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgeSeesWhatIsForbidden_data();
    void judgeSeesWhatIsForbidden();
    void disarmsHostileHtml_data();
    void disarmsHostileHtml();
    void keepsOrdinaryMail_data();
    void keepsOrdinaryMail();
    void keepsTextBehindHiddenElements_data();
    void keepsTextBehindHiddenElements();
    void cleaningTwiceChangesNothing();
    void mutationsStayHarmless();
    void nestingIsBounded();
    void stylesShrinkToTheHarmless_data();
    void stylesShrinkToTheHarmless();
    void linksLeadOnlyWhereTheySay_data();
    void linksLeadOnlyWhereTheySay();
    void staysLinearOnHostileHtml();
};

static const QStringList& vectors() {
    static const QStringList list{
        u"<script>alert(1)</script>"_s,
        u"<SCRIPT SRC=//evil.example/x.js></SCRIPT>"_s,
        u"<scr<script>ipt>alert(1)</scr</script>ipt>"_s,
        u"<script\n>alert(1)</script\n>"_s,
        u"<script/x>alert(1)</script>"_s,
        u"<img src=x onerror=alert(1)>"_s,
        u"<img src=x OnErRoR=alert(1)>"_s,
        u"<img/src=x/onerror=alert(1)>"_s,
        u"<img src=\"x\"onerror=\"alert(1)\">"_s,
        u"<img src=`x`onerror=alert(1)>"_s,
        u"<img src='x' title='>' onerror=alert(1)>"_s,
        u"<img src=data:image/svg+xml;base64,PHN2Zz4=>"_s,
        u"<img src=https://evil.example/pixel.gif>"_s,
        u"<img srcset='https://evil.example/a 1x, https://evil.example/b 2x'>"_s,
        u"<img src=//evil.example/p.gif>"_s,
        u"<img lowsrc=https://evil.example/p dynsrc=https://evil.example/q>"_s,
        u"<body onload=alert(1)>text"_s,
        u"<body background=https://evil.example/p.gif>text"_s,
        u"<table background='https://evil.example/p.gif'><td background=//e.x/y>t"_s,
        u"<a href=javascript:alert(1)>x</a>"_s,
        u"<a href=' javascript:alert(1)'>x</a>"_s,
        u"<a href='java\nscript:alert(1)'>x</a>"_s,
        u"<a href='java&#09;script:alert(1)'>x</a>"_s,
        u"<a href='java&Tab;script&colon;alert(1)'>x</a>"_s,
        u"<a href='&#106;&#x61;vascript:alert(1)'>x</a>"_s,
        u"<a href='JaVaScRiPt:alert(1)'>x</a>"_s,
        u"<a href='\x01javascript:alert(1)'>x</a>"_s,
        u"<a href=vbscript:msgbox(1)>x</a>"_s,
        u"<a href='data:text/html,<script>alert(1)</script>'>x</a>"_s,
        u"<a href=file:///etc/passwd>x</a>"_s,
        u"<a href='aiva:erase'>x</a>"_s,
        u"<a href='http:evil'>x</a>"_s,
        u"<a href=# onclick=alert(1)>x</a>"_s,
        u"<iframe src=https://evil.example></iframe>"_s,
        u"<iframe srcdoc='<script>alert(1)</script>'>"_s,
        u"<frameset><frame src=https://evil.example></frameset>"_s,
        u"<object data=https://evil.example/x.swf><param name=movie value=x></object>"_s,
        u"<embed src=https://evil.example/x.swf>"_s,
        u"<applet code=x archive=https://evil.example/x.jar></applet>"_s,
        u"<svg onload=alert(1)>"_s,
        u"<svg><script>alert(1)</script></svg>"_s,
        u"<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /></svg>"_s,
        u"<svg><style><img src=x onerror=alert(1)></style></svg>"_s,
        u"<svg><foreignObject><iframe src=x></foreignObject></svg>"_s,
        u"<svg/><img src=x onerror=alert(1)>"_s,
        u"<math><mi xlink:href='javascript:alert(1)'>x</mi></math>"_s,
        u"<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>"_s,
        u"<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>"_s,
        u"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">"_s,
        u"<textarea></textarea><img src=x onerror=alert(1)></textarea>"_s,
        u"<title></title><script>alert(1)</script></title>"_s,
        u"<xmp><p title=\"</xmp><svg/onload=alert(1)>\"></xmp>"_s,
        u"<style>@import 'https://evil.example/x.css';</style>"_s,
        u"<style><!--</style><img src=x onerror=alert(1)>--></style>"_s,
        u"<link rel=stylesheet href=https://evil.example/x.css>"_s,
        u"<meta http-equiv=refresh content='0;url=https://evil.example'>"_s,
        u"<base href=https://evil.example/><a href=x>x</a>"_s,
        u"<form action=https://evil.example><input name=password><button formaction=javascript:alert(1)>x</form>"_s,
        u"<isindex action=javascript:alert(1) type=image>"_s,
        u"<div style='background:url(https://evil.example/p)'>x</div>"_s,
        u"<div style=\"background:u\\72l(https://evil.example/p)\">x</div>"_s,
        u"<div style='width:expression(alert(1))'>x</div>"_s,
        u"<div style='width:exp/**/ression(alert(1))'>x</div>"_s,
        u"<div style='-moz-binding:url(https://evil.example/x.xml#y)'>x</div>"_s,
        u"<div style='behavior:url(x.htc)'>x</div>"_s,
        u"<div style='position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999'>cover</div>"_s,
        u"<div style='margin-top:-500px'>cover</div>"_s,
        u"<div style='width:99999px'>wide</div>"_s,
        u"<div style='color:red;background-image:image-set(\"https://evil.example/p\" 1x)'>x</div>"_s,
        u"<div style='font-family:x;@import \"https://evil.example\"'>x</div>"_s,
        u"<div style='content:attr(x)'>x</div>"_s,
        u"<!--><img src=x onerror=alert(1)>-->"_s,
        u"<!---><img src=x onerror=alert(1)>-->"_s,
        u"<!-- --!><img src=x onerror=alert(1)> -->"_s,
        u"<!-- <!-- --><img src=x onerror=alert(1)>"_s,
        u"<![CDATA[<img src=x onerror=alert(1)>]]>"_s,
        u"<?xml version='1.0'?><img src=x onerror=alert(1)>"_s,
        u"<!DOCTYPE html [<!ENTITY x 'y'>]><img src=x onerror=alert(1)>"_s,
        u"<!--[if gte IE 4]><script>alert(1)</script><![endif]-->"_s,
        u"<![if !mso]><script>alert(1)</script><![endif]>"_s,
        u"&lt;script&gt;alert(1)&lt;/script&gt;"_s,
        u"<p title='&lt;img src=x onerror=alert(1)&gt;'>x</p>"_s,
        u"<p title=\"&quot;><img src=x onerror=alert(1)>\">x</p>"_s,
        u"<p title='&quot; onmouseover=&quot;alert(1)'>x</p>"_s,
        u"<im\0g src=x onerror=alert(1)>"_s,
        QString::fromLatin1("<img src=x on\0error=alert(1)>", 30),
        QString::fromLatin1("<a href=\"java\0script:alert(1)\">x</a>", 36),
        u"<<img src=x onerror=alert(1)>"_s,
        u"<img src=x onerror=alert(1)//"_s,
        u"<a\f href=javascript:alert(1)>x"_s,
        u"</p onclick=alert(1)>"_s,
        u"<x onclick=alert(1)>custom</x>"_s,
        u"<template><img src=x onerror=alert(1)></template>"_s,
        u"<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>"_s,
        u"<details open ontoggle=alert(1)>x</details>"_s,
        u"<marquee onstart=alert(1)>x</marquee>"_s,
        u"<select><option><img src=x onerror=alert(1)></select>"_s,
        u"<a id=x name=body>clobber</a><div class=evil id=document>x</div>"_s,
        u"<table><tr><td><script>alert(1)</td></tr></table>"_s,
        u"<b><p></b><img src=x onerror=alert(1)></p>"_s,
        u"<plaintext><img src=x onerror=alert(1)>"_s,
        u"<p style=\"color:red;&quot;onmouseover=&quot;alert(1)\">x"_s,
        u"<font face='x\" onmouseover=\"alert(1)'>x</font>"_s,
        u"<img src='cid:x\" onerror=\"alert(1)'>"_s,
        u"<img src='https://evil.example/\" onerror=\"alert(1)'>"_s,
        u"<a href='https://evil.example/\"onclick=\"alert(1)'>x</a>"_s,
    };
    return list;
}

void TestHtmlSanitizer::judgeSeesWhatIsForbidden_data() {
    QTest::addColumn<QString>("html");
    for (const QString& html :
         {u"<script>1</script>"_s, u"<p onclick=1>"_s, u"<a href=javascript:1>x</a>"_s, u"<img src=http://e.x/p>"_s,
          u"<svg></svg>"_s, u"<p style='position:fixed'>"_s, u"<div><!-- x --></div>"_s, u"<b id=x>"_s,
          u"<p style='background:url(x)'>"_s, u"<form></form>"_s, u"<a href='java\tscript:1'>x</a>"_s})
        QTest::newRow(qPrintable(html)) << html;
}

void TestHtmlSanitizer::judgeSeesWhatIsForbidden() {
    QFETCH(QString, html);
    QVERIFY(!test::forbiddenIn(html).isEmpty());
}

void TestHtmlSanitizer::disarmsHostileHtml_data() {
    QTest::addColumn<QString>("html");
    int number = 0;
    for (const QString& html : vectors())
        QTest::addRow("%03d", ++number) << html;
    QVERIFY(number >= 40);
}

void TestHtmlSanitizer::disarmsHostileHtml() {
    QFETCH(QString, html);
    const QString safe = sanitizeHtml(html);
    QVERIFY2(test::forbiddenIn(safe).isEmpty(), qPrintable(test::forbiddenIn(safe) + u": "_s + safe));
    QCOMPARE(sanitizeHtml(safe), safe);
}

void TestHtmlSanitizer::keepsOrdinaryMail_data() {
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("safe");
    const auto row = [](const QString& html, const QString& safe) {
        QTest::newRow(qPrintable(html.left(50))) << html << safe;
    };
    row(u"<p>Hello <b>Ann</b> &amp; co</p>"_s, u"<p>Hello <b>Ann</b> &amp; co</p>"_s);
    row(u"<html><head><title>t</title><style>p{}</style></head><body><p>x</p></body></html>"_s, u"<p>x</p>"_s);
    row(u"<P ALIGN=center STYLE='Color: Red; position: absolute'>x"_s,
        u"<p align=\"center\" style=\"color: red\">x</p>"_s);
    row(u"<a href=' https://shop.example/a?b=1&amp;c=2 '>x</a>"_s,
        u"<a href=\"https://shop.example/a?b=1&amp;c=2\" rel=\"noopener noreferrer\">x</a>"_s);
    row(u"<a href='mailto:a@b.c'>x</a>"_s, u"<a href=\"mailto:a@b.c\" rel=\"noopener noreferrer\">x</a>"_s);
    row(u"<img src='cid:logo@x' width=100 alt='Logo'>"_s, u"<img width=\"100\" alt=\"Logo\" src=\"cid:logo@x\">"_s);
    row(u"<img src='https://shop.example/l.png' height=20>"_s,
        u"<img height=\"20\" data-blocked-src=\"https://shop.example/l.png\">"_s);
    row(u"<img src='https://track.example/o' width=1 height=1>x"_s, u"x"_s);
    row(u"<table><tr><td colspan=2 bgcolor='#fff'>a<td>b</table>"_s,
        u"<table><tr><td bgcolor=\"#fff\" colspan=\"2\">a<td>b</td></td></tr></table>"_s);
    row(u"<img src=x alt='Our <shop>'>"_s, u"Our &lt;shop&gt;"_s);
    row(u"a < b and c > d"_s, u"a &lt; b and c &gt; d"_s);
    row(u"&eacute;&euro;&#8364;&#x20AC;&#128;&nbsp;&unknown;&copy2"_s, u"é€€€€\u00A0&amp;unknown;©2"_s);
    row(u"<ul><li>1<li>2</ul>"_s, u"<ul><li>1<li>2</li></li></ul>"_s);
    row(u"<b><i>x</b>y</i>"_s, u"<b><i>x</i></b>y"_s);
    row(u"<font color=red face=Arial size=+1>x</font>"_s, u"<font color=\"red\" face=\"Arial\" size=\"+1\">x</font>"_s);
    row(u"</div></td>x<br/>y<hr>"_s, u"x<br>y<hr>"_s);
    row(u"<table><td></div>in</td></table></div>"_s, u"<table><td>in</td></table>"_s);
}

void TestHtmlSanitizer::keepsOrdinaryMail() {
    QFETCH(QString, html);
    QTEST(sanitizeHtml(html), "safe");
}

void TestHtmlSanitizer::keepsTextBehindHiddenElements_data() {
    QTest::addColumn<QString>("html");
    for (const QString& html :
         {u"<div style='display:none'>no<div>no</div>no</div>yes"_s, u"<p style='display:none'>no<p>yes"_s,
          u"<table><tr><td hidden>no</tr></table>yes"_s, u"<div><span style='font-size:0'>no</div>yes"_s,
          u"<li style='visibility:hidden'>no<li>yes"_s, u"<svg><path/><text>no</text></svg>yes"_s,
          u"<object><p>no</object>yes"_s, u"<div style='mso-hide: all'>no</div>yes"_s,
          u"<span style='OPACITY : 0'>no<br>no</span>yes"_s, u"<select><option>no<option>no</select>yes"_s,
          u"<div style=\"max-height:0px;overflow:hidden\">no</div>yes"_s})
        QTest::newRow(qPrintable(html)) << html;
}

void TestHtmlSanitizer::keepsTextBehindHiddenElements() {
    QFETCH(QString, html);
    const QString safe = sanitizeHtml(html);
    QVERIFY2(safe.contains(u"yes"_s) && !safe.contains(u"no"_s), qPrintable(safe));
}

void TestHtmlSanitizer::cleaningTwiceChangesNothing() {
    const QString all = vectors().join(u' ');
    const QString once = sanitizeHtml(all);
    QCOMPARE(sanitizeHtml(once), once);
    QVERIFY(test::forbiddenIn(once).isEmpty());
}

void TestHtmlSanitizer::mutationsStayHarmless() {
    QRandomGenerator random(20260220);
    const QString alphabet = u"<>\"'&;:/= \t\n!-[]\\(){}#xXonerrsciptjav\u00A0\u2028"_s;
    int cases = 0;
    for (int round = 0; round < 40; ++round)
        for (const QString& vector : vectors()) {
            QString html = vector + vectors().at(random.bounded(static_cast<int>(vectors().size())));
            for (int edits = random.bounded(1, 6); edits > 0; --edits) {
                const auto at = random.bounded(static_cast<int>(html.size()) + 1);
                const QChar c = alphabet.at(random.bounded(static_cast<int>(alphabet.size())));
                if (random.bounded(2))
                    html.insert(at, c);
                else
                    html.remove(at, random.bounded(1, 4));
            }
            const QString safe = sanitizeHtml(html);
            const QString found = test::forbiddenIn(safe);
            if (!found.isEmpty()) QFAIL(qPrintable(found + u"\nfrom: "_s + html + u"\nto: "_s + safe));
            ++cases;
        }
    qInfo("%d mutated vectors, judged by an HTML5 parser", cases);
}

void TestHtmlSanitizer::nestingIsBounded() {
    const QString tables = sanitizeHtml(u"<table><tr><td>"_s.repeated(300) + u"deep"_s + u"</table>after"_s);
    QCOMPARE(tables.count(u"<table"_s), 7);
    QVERIFY(tables.contains(u"deep"_s) && tables.contains(u"after"_s));
    QCOMPARE(sanitizeHtml(tables), tables);
    const QString safe = sanitizeHtml(u"<div>"_s.repeated(5000) + u"deep"_s + u"</div>"_s.repeated(5000));
    QCOMPARE(safe.count(u"<div>"_s), 100);
    QCOMPARE(safe.count(u"</div>"_s), 100);
    QVERIFY(safe.contains(u"deep"_s));
}

void TestHtmlSanitizer::stylesShrinkToTheHarmless_data() {
    QTest::addColumn<QString>("style");
    QTest::addColumn<QString>("safe");
    const auto row = [](const QString& style, const QString& safe) {
        QTest::newRow(qPrintable(style)) << style << safe;
    };
    row(u"color:red"_s, u"color: red"_s);
    row(u"COLOR : #FF0000 ; Font-Weight:BOLD"_s, u"color: #ff0000; font-weight: bold"_s);
    row(u"background:#fff"_s, u"background-color: #fff"_s);
    row(u"background:#fff url(x)"_s, {});
    row(u"color:rgb(1, 2, 3)"_s, u"color: rgb(1, 2, 3)"_s);
    row(u"color:rgb(url(x))"_s, {});
    row(u"color:rgb(url(https://t.example/p.gif)"_s, {});
    row(u"color:xrgb(1, 2, 3)"_s, {});
    row(u"margin:0-5px"_s, {});
    row(u"margin:1px,-.5em"_s, {});
    row(u"background:urled"_s, u"background-color: urled"_s);
    row(u"padding:0 4px"_s, u"padding: 0 4px"_s);
    row(u"margin:0 -4px"_s, {});
    row(u"border-left:1px solid #ccc"_s, u"border-left: 1px solid #ccc"_s);
    row(u"border-image:url(x)"_s, {});
    row(u"font-family:'Inter',sans-serif"_s, u"font-family: 'inter',sans-serif"_s);
    row(u"width:100%"_s, u"width: 100%"_s);
    row(u"width:5000px"_s, {});
    row(u"line-height:1.33333333"_s, u"line-height: 1.33333333"_s);
    row(u"position:absolute;float:left;z-index:9;transform:scale(9);animation:x"_s, {});
    row(u"color:red;\\70osition:fixed"_s, {});
    row(u"color:/**/red"_s, {});
    row(u"color:red}body{color:blue"_s, {});
    row(u"color:</style>"_s, {});
}

void TestHtmlSanitizer::stylesShrinkToTheHarmless() {
    QFETCH(QString, style);
    QTEST(safeStyle(style), "safe");
}

void TestHtmlSanitizer::linksLeadOnlyWhereTheySay_data() {
    QTest::addColumn<QString>("href");
    QTest::addColumn<QString>("safe");
    const auto row = [](const QString& href, const QString& safe) { QTest::newRow(qPrintable(href)) << href << safe; };
    row(u"HTTPS://Shop.example/A"_s, u"https://Shop.example/A"_s);
    row(u"http://shop.example"_s, u"http://shop.example"_s);
    row(u"tel:+491701234567"_s, u"tel:+491701234567"_s);
    row(u"//shop.example"_s, {});
    row(u"/relative"_s, {});
    row(u"#anchor"_s, {});
    row(u"https:"_s, {});
    row(u"https:/x"_s, {});
    row(u"ftp://x"_s, {});
    row(u"mailto:"_s, {});
    row(u"ht\u202Etps://x.example"_s, u"https://x.example"_s);
    row(u"https://x.example/"_s + u"a"_s.repeated(5000), {});
}

void TestHtmlSanitizer::linksLeadOnlyWhereTheySay() {
    QFETCH(QString, href);
    QTEST(safeLink(href), "safe");
}

void TestHtmlSanitizer::staysLinearOnHostileHtml() {
    QElapsedTimer timer;
    timer.start();
    int cases = 0;
    for (const QString& unit : {u"<"_s, u"<a "_s, u"<b x=1>"_s, u"</b>"_s, u"<!--"_s, u"&"_s, u"&#"_s, u"<p hidden>"_s,
                                u"<table><td>"_s, u"<script>"_s, u"<script></scrip"_s, u"a=1 "_s,
                                u"<div style='color:red'>"_s, u"<svg>"_s, u"\"'"_s, u"<b><p>"_s, u"<!--->"_s}) {
        sanitizeHtml(unit.repeated(400'000 / unit.size()));
        sanitizeHtml(u"<a "_s + unit.repeated(400'000 / unit.size()));
        cases += 2;
    }
    qInfo("%d hostile documents of 400,000 characters in %lld ms", cases, timer.elapsed());
    QVERIFY(timer.elapsed() < test::allowed(15'000));
}

QTEST_GUILESS_MAIN(TestHtmlSanitizer)
#include "tst_html_sanitizer.moc"
