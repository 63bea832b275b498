import SLA

/// A line of Nagios' log, as far as it says anything about states.
struct NagiosLine {
    /// When it was written; Nagios counts seconds.
    let at: Instant
    /// What it says.
    let event: Event

    /// A host, or a service of a host.
    struct Object: Hashable {
        let host: String
        let service: String?

        /// As a map names it: `host` or `host;service`.
        var name: String { service.map { "\(host);\($0)" } ?? host }
    }

    enum Event {
        /// A check's result, written because it changed the state or is an attempt of a problem.
        case alert(Object, state: String, output: String)
        /// The state that Nagios holds when it starts or turns its log over: nothing was checked for it.
        case held(Object, state: String, output: String, isInitial: Bool)
        /// A planned downtime begins (true) or ends.
        case downtime(Object, begins: Bool)
        /// Nagios starts, or reads its configuration again: what it held before is not what it holds.
        case started
        /// Nagios ends.
        case stopped
        /// The log was turned over; the states that are held follow.
        case rotated
        /// An operator switched checks off: of one object, of all services of a host, or all.
        case switchedOff(host: String?, service: String?, isWholeHost: Bool)
        /// Anything else: Nagios ran.
        case other
    }

    /// Whether `bytes` begin as a line of the log does.
    static func isOne(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.first == UInt8(ascii: "[") else { return false }
        let digits = bytes.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return !digits.isEmpty && bytes.dropFirst(digits.count + 1).starts(with: "] ".utf8)
    }

    /// The line `text`; nil where it does not begin with an instant.
    init?(_ text: Substring) {
        guard text.first == "[", let bracket = text.firstIndex(of: "]"),
            let seconds = Int64(text[text.index(after: text.startIndex)..<bracket]),
            (0..<253_402_300_800).contains(seconds)
        else { return nil }
        let rest = text[bracket...].dropFirst()
        guard rest.first == " " else { return nil }
        at = Instant(milliseconds: seconds * 1000)
        event = Self.event(rest.dropFirst())
    }

    /// The kinds of line about states, each with whether it is about a service.
    private static let states: [String: (isService: Bool, isAlert: Bool, isInitial: Bool)] = [
        "SERVICE ALERT": (true, true, false), "HOST ALERT": (false, true, false),
        "CURRENT SERVICE STATE": (true, false, false), "CURRENT HOST STATE": (false, false, false),
        "INITIAL SERVICE STATE": (true, false, true), "INITIAL HOST STATE": (false, false, true),
    ]

    private static func event(_ text: Substring) -> Event {
        guard let colon = text.firstRange(of: ": ") else { return process(text) }
        let kind = String(text[..<colon.lowerBound])
        let rest = text[colon.upperBound...]
        if let form = states[kind] {
            // host;[service;]STATE;SOFT|HARD;attempt;output
            let before = form.isService ? 2 : 1
            let parts = fields(rest, before + 4)
            guard parts.count >= before + 3 else { return .other }
            let object = Object(host: parts[0], service: form.isService ? parts[1] : nil)
            let (state, output) = (parts[before], parts.count > before + 3 ? parts[before + 3] : "")
            return form.isAlert
                ? .alert(object, state: state, output: output)
                : .held(object, state: state, output: output, isInitial: form.isInitial)
        }
        switch kind {
        case "SERVICE DOWNTIME ALERT", "HOST DOWNTIME ALERT":
            let isService = kind.hasPrefix("SERVICE")
            let parts = fields(rest, isService ? 4 : 3)
            guard parts.count >= (isService ? 3 : 2) else { return .other }
            return .downtime(
                Object(host: parts[0], service: isService ? parts[1] : nil),
                begins: parts[isService ? 2 : 1] == "STARTED")
        case "LOG ROTATION": return .rotated
        case "EXTERNAL COMMAND": return command(fields(rest, 4))
        default: return process(text)
        }
    }

    private static func command(_ parts: [String]) -> Event {
        switch (parts.first, parts.count) {
        case ("STOP_EXECUTING_SVC_CHECKS", _), ("STOP_EXECUTING_HOST_CHECKS", _):
            .switchedOff(host: nil, service: nil, isWholeHost: false)
        case ("DISABLE_SVC_CHECK", 3...): .switchedOff(host: parts[1], service: parts[2], isWholeHost: false)
        case ("DISABLE_HOST_CHECK", 2...): .switchedOff(host: parts[1], service: nil, isWholeHost: false)
        case ("DISABLE_HOST_SVC_CHECKS", 2...): .switchedOff(host: parts[1], service: nil, isWholeHost: true)
        default: .other
        }
    }

    /// What Nagios says of its own process.
    private static func process(_ text: Substring) -> Event {
        if text.contains(" starting... (PID=") || text.hasPrefix("PROGRAM_RESTART event")
            || text.hasSuffix("restarting...")
        {
            return .started
        }
        if text.hasSuffix("shutting down...") || text.hasPrefix("Successfully shutdown...")
            || text.hasPrefix("PROGRAM_SHUTDOWN event")
        {
            return .stopped
        }
        return .other
    }

    private static func fields(_ text: Substring, _ most: Int) -> [String] {
        // By bytes: a name may begin with a mark that would join the sign before it.
        text.utf8.split(separator: UInt8(ascii: ";"), maxSplits: most - 1, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
