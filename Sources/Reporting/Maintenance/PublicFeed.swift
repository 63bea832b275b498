import SLA

/// The public notices in three forms, to be served by any web server.
public struct PublicFeed: Sendable {
    let notices: [PublicNotice]
    let title: String
    let website: String?
    let updatedAt: Instant

    /// A feed of `notices`, in order.
    ///
    /// - Parameters:
    ///   - title: the provider's name.
    ///   - website: where the files are served, without a `/` at the end; nil where that is not known.
    ///   - since: what is the feed's age where it has no notices.
    public init(_ notices: [PublicNotice], title: String, website: String?, since: Instant) {
        self.notices = notices
        self.title = title.isEmpty ? "Maintenance" : title
        self.website = website
        updatedAt = notices.map(\.updatedAt).max() ?? since
    }

    /// Each file's name and text.
    public var files: [(name: String, text: String)] {
        [("notices.json", json), ("notices.atom", atom), ("notices.ics", calendar)]
    }

    private func utc(_ instant: Instant) -> String { RFC3339.text(instant, in: .utc) }

    // MARK: - JSON Feed 1.1

    private var json: String {
        var feed: [String: JSONValue] = [
            "version": .text("https://jsonfeed.org/version/1.1"), "title": .text(title),
            "items": .list(
                notices.map { notice in
                    .object([
                        "id": .text(notice.id), "title": .text(notice.title), "content_text": .text(notice.text),
                        "date_published": .text(utc(notice.publishedAt)),
                        "date_modified": .text(utc(notice.updatedAt)),
                        "_maintenance": .object([
                            "from": .text(utc(notice.interval.start)), "to": .text(utc(notice.interval.end)),
                            "cancelled": .flag(notice.isCancelled),
                        ]),
                    ])
                }),
        ]
        if let website { feed["feed_url"] = .text(website + "/notices.json") }
        return JSONValue.object(feed).document
    }

    // MARK: - Atom, RFC 4287

    private var atom: String {
        var lines = [
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>", "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
            "  <title>\(Self.xml(title))</title>",
            "  <id>\(Self.xml(website.map { $0 + "/notices.atom" } ?? "urn:availd:notices"))</id>",
            "  <updated>\(utc(updatedAt))</updated>", "  <author><name>\(Self.xml(title))</name></author>",
        ]
        if let website { lines.append("  <link rel=\"self\" href=\"\(Self.xml(website))/notices.atom\"/>") }
        for notice in notices {
            lines += [
                "  <entry>", "    <title>\(Self.xml(notice.title))</title>",
                "    <id>\(Self.xml((website ?? "urn:availd") + (website == nil ? ":" : "/#") + notice.id))</id>",
                "    <published>\(utc(notice.publishedAt))</published>",
                "    <updated>\(utc(notice.updatedAt))</updated>",
                "    <content type=\"text\">\(Self.xml(notice.text))</content>", "  </entry>",
            ]
        }
        return (lines + ["</feed>"]).joined(separator: "\n") + "\n"
    }

    private static func xml(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            // XML 1.0 has no way to write the others.
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    // MARK: - iCalendar, RFC 5545

    private var calendar: String {
        var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//availd//notices//EN", "METHOD:PUBLISH"]
        for notice in notices {
            lines += [
                "BEGIN:VEVENT", "UID:\(notice.id)@\(uidDomain)", "DTSTAMP:\(Self.stamp(notice.updatedAt))",
                "DTSTART:\(Self.stamp(notice.interval.start))", "DTEND:\(Self.stamp(notice.interval.end))",
                "SEQUENCE:\(notice.revision)", "STATUS:\(notice.isCancelled ? "CANCELLED" : "CONFIRMED")",
                "SUMMARY:\(Self.escaped(notice.title))", "DESCRIPTION:\(Self.escaped(notice.text))", "END:VEVENT",
            ]
        }
        return (lines + ["END:VCALENDAR"]).map { Self.folded($0) + "\r\n" }.joined()
    }

    private var uidDomain: String {
        guard let website, let host = website.split(separator: "/").dropFirst().first else { return "availd" }
        return String(host)
    }

    /// As `20261010T190000Z`, cut to the second.
    private static func stamp(_ instant: Instant) -> String {
        String(RFC3339.text(instant, in: .utc).prefix(19).filter { $0 != "-" && $0 != ":" }) + "Z"
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\\\"
            case ";": "\\;"
            case ",": "\\,"
            case "\n": "\\n"
            default: scalar.properties.generalCategory == .control ? "" : String(scalar)
            }
        }.joined()
    }

    /// In lines of at most 75 bytes, no character cut.
    private static func folded(_ line: String) -> String {
        var result = ""
        var length = 0
        for scalar in line.unicodeScalars {
            let bytes = String(scalar).utf8.count
            if length + bytes > 75 {
                result += "\r\n "
                length = 1
            }
            result.unicodeScalars.append(scalar)
            length += bytes
        }
        return result
    }
}
