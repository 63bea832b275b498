import SLA

/// What the commands about voids and those about downtimes differ in.
protocol CorrectionNoun: Sendable {
    /// Which of the two.
    static var kind: Correction.Kind { get }
    /// What it is, in a sentence.
    static var abstract: String { get }
    /// What it means for the figures.
    static var meaning: String { get }
    /// What a scope may hold.
    static var scope: String { get }
    /// An example of its recording.
    static var example: String { get }
}

/// Time at which the monitor measured wrongly.
enum VoidNoun: CorrectionNoun {
    static let kind = Correction.Kind.void
    static let abstract = "Record, list and revoke voids: time at which the monitor measured wrongly."
    static let meaning = """
        What the monitor saw inside a void leaves the record's figures: that time, and what follows until the next \
        sample, is unmeasured: neither up nor down, and the bounds widen. The samples themselves stay. The daemon \
        records voids for its own blindness. A void without evidence is applied to nothing, and named.
        """
    static let scope =
        "all, service:ID, customer:ID, group:NAME, check:SERVICE/CHECK, family:ipv4 or family:ipv6; several in one argument or one each."
    static let example = """
        availd void add --scope family:ipv6 \\
            --from 2026-10-05T09:00:00+07:00 --to 2026-10-05T09:40:00+07:00 \\
            --reason "the monitor's own IPv6 uplink was cut" --evidence "ticket 4711"
        """
}

/// Time that was down though the monitor did not see it.
enum DowntimeNoun: CorrectionNoun {
    static let kind = Correction.Kind.downtime
    static let abstract = "Record, list and revoke downtimes: time that was down though the monitor did not see it."
    static let meaning = """
        Inside a downtime the service is down, at the shortest as well, whatever samples and voids say. A downtime \
        without evidence is applied to nothing, and named.
        """
    static let scope = "all, service:ID, customer:ID or group:NAME; several in one argument or one each."
    static let example = """
        availd downtime add --scope service:acme-web \\
            --from 2026-10-05T09:00:00+07:00 --to 2026-10-05T09:40:00+07:00 \\
            --reason "logins failed, which no check looks at" --evidence "ticket 4713"
        """
}
