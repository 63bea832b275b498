import SLA

extension Configuration {
    /// How maintenance is announced.
    public struct Notices: Hashable, Sendable {
        /// The mail server; nil where none is configured, and e-mails are sent by hand.
        public let mail: Mail?
        /// The language for customers who have none of their own.
        public let language: NoticeLanguage
        /// Where the public files are written; absolute.
        public let directory: String
        /// Where a web server shows them, without a `/` at its end; nil where that is not known.
        public let website: String?

        /// The server that takes the e-mails.
        public struct Mail: Hashable, Sendable {
            /// Its address, as `smtp://mail.example:587`.
            public let url: String
            /// The sender's address.
            public let from: String
            /// Whether the connection must be encrypted.
            public let tls: TLS
            /// A file of the authorities that may vouch for it; nil for the system's.
            public let authorities: String?
            /// Who logs in; nil where nobody does.
            public let login: Login?
            /// How long a message may take, in ms.
            public let timeout: Milliseconds
        }

        /// Whether a connection to a mail server must be encrypted.
        public enum TLS: String, CaseIterable, Hashable, Sendable {
            /// It must, by STARTTLS, with a certificate that is right.
            case required
            /// It is where the server offers it, and still with a certificate that is right.
            case opportunistic
            /// It is not.
            case none
        }

        /// A user of a mail server.
        public struct Login: Hashable, Sendable {
            /// The name.
            public let user: String
            /// The password.
            public let password: Secret
        }
    }
}
