/// The language of a notice.
public enum NoticeLanguage: String, CaseIterable, Hashable, Sendable {
    /// Vietnamese.
    case vietnamese = "vi"
    /// English.
    case english = "en"
}
