import SLA

/// Reads a certificate from the `Name:value` fields that libcurl makes of it.
enum CertificateFields {
    /// The certificate, or nil where its dates are missing or of another form.
    static func parse(_ fields: [String]) -> ProbeResult.Certificate? {
        func value(_ name: String) -> String? {
            fields.first { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) }
        }
        guard let notBefore = value("Start date").flatMap(instant), let notAfter = value("Expire date").flatMap(instant)
        else { return nil }
        return ProbeResult.Certificate(subject: value("Subject") ?? "", notBefore: notBefore, notAfter: notAfter)
    }

    /// The instant that OpenSSL writes as `Nov  2 09:05:00 2026 GMT`.
    static func instant(_ text: String) -> Instant? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let words = text.split(separator: " ")
        guard words.count == 5, words[4] == "GMT", let month = months.firstIndex(of: String(words[0])),
            let day = Int(words[1]), let year = Int(words[3]),
            let date = CivilDate(year: year, month: month + 1, day: day)
        else { return nil }
        let time = words[2].split(separator: ":").compactMap { Int64($0) }
        guard time.count == 3 else { return nil }
        let seconds = ((Int64(date.daysSinceEpoch) * 24 + time[0]) * 60 + time[1]) * 60 + time[2]
        return Instant(milliseconds: seconds * 1000)
    }
}
