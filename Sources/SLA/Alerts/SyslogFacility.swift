/// The facilities of syslog(3) that a program outside the kernel may use.
public enum SyslogFacility: String, CaseIterable, Sendable {
    case user, mail, daemon, auth, syslog, lpr, news, uucp, cron, authpriv, ftp
    case local0, local1, local2, local3, local4, local5, local6, local7

    /// The code that openlog(3) takes: the number of RFC 5424 times eight.
    public var code: Int32 {
        let number: Int32 =
            switch self {
            case .user: 1
            case .mail: 2
            case .daemon: 3
            case .auth: 4
            case .syslog: 5
            case .lpr: 6
            case .news: 7
            case .uucp: 8
            case .cron: 9
            case .authpriv: 10
            case .ftp: 11
            case .local0: 16
            case .local1: 17
            case .local2: 18
            case .local3: 19
            case .local4: 20
            case .local5: 21
            case .local6: 22
            case .local7: 23
            }
        return number * 8
    }
}
