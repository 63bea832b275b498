import SLA

/// The words of notices in one language.
struct NoticeWords {
    let scheduled: String
    let emergency: String
    let services: String
    let time: String
    let zone: String
    let reason: String
    let effect: String
    let recurring: String
    let recurringUntil: @Sendable (String) -> String
    let outsideOfficeHours: String
    let contacts: String
    let reference: String
    let greeting: @Sendable (String) -> String
    let opening: @Sendable (String) -> String
    let extended: @Sendable (String) -> String
    let days: [String]
    let contactNames: [String: String]
    let language: NoticeLanguage

    /// The name of a way to reach the provider; what has no word is shown as it was written.
    func contact(_ kind: String) -> String { contactNames[kind] ?? kind }

    /// A day with its name.
    func day(_ date: CivilDate) -> String {
        let index = Weekday.allCases.firstIndex(of: date.weekday) ?? 0
        let numbers = date.description
        guard language == .vietnamese else { return "\(days[index]) \(numbers)" }
        return "\(days[index]) \(numbers.suffix(2))/\(numbers.dropFirst(5).prefix(2))/\(numbers.prefix(4))"
    }

    private static let vietnamese = NoticeWords(
        scheduled: "Bảo trì định kỳ", emergency: "Bảo trì khẩn cấp", services: "Dịch vụ bị ảnh hưởng",
        time: "Thời gian", zone: "Múi giờ", reason: "Lý do",
        effect: "Trong thời gian trên, các dịch vụ có thể bị gián đoạn. Rất mong Quý khách thông cảm.",
        recurring: "Lịch này lặp lại cho đến khi có thông báo mới.",
        recurringUntil: { "Lịch này lặp lại đến hết \($0)." },
        outsideOfficeHours:
            "Thời gian bảo trì nằm ngoài giờ làm việc (08:00–17:30, thứ Hai đến thứ Bảy); Quý khách vẫn có thể liên hệ "
            + "qua các kênh hỗ trợ.",
        contacts: "Liên hệ hỗ trợ", reference: "Mã thông báo", greeting: { "Kính gửi \($0)," },
        opening: { "Chúng tôi xin thông báo lịch: \($0.lowercased())." }, extended: { "Gia hạn \($0.lowercased())" },
        days: ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"],
        contactNames: ["phone": "Điện thoại", "ticket": "Phiếu hỗ trợ", "email": "E-mail", "chat": "Trò chuyện"],
        language: .vietnamese)

    private static let english = NoticeWords(
        scheduled: "Scheduled maintenance", emergency: "Emergency maintenance", services: "Affected services",
        time: "Time", zone: "Time zone", reason: "Reason",
        effect: "During that time the services may be interrupted. We apologise for the inconvenience.",
        recurring: "It recurs in this way until further notice.",
        recurringUntil: { "It recurs in this way until \($0)." },
        outsideOfficeHours:
            "This is outside office hours (08:00–17:30, Monday to Saturday); support can be reached all the same.",
        contacts: "Support", reference: "Reference", greeting: { "Dear \($0)," },
        opening: { "We announce: \($0.lowercased())." }, extended: { "\($0) extended" },
        days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        contactNames: ["phone": "Telephone", "ticket": "Tickets", "email": "E-mail", "chat": "Live chat"],
        language: .english)
}

extension NoticeWords {
    /// The words of `language`.
    init(_ language: NoticeLanguage) {
        self = language == .vietnamese ? Self.vietnamese : Self.english
    }
}
