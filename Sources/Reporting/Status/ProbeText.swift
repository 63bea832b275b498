import SLA
import Wording

/// What a single probe saw, for people.
public enum ProbeText {
    /// The observation with its phases, each as the end since the beginning and its own part of it.
    ///
    /// - Parameter details: further lines, each a name and a value.
    public static func text(_ observation: Observation, details: [(name: String, value: String)]) -> String {
        var lines: [(String, String)] = [("state", observation.sample.state.name)]
        if let cause = observation.cause { lines.append(("cause", cause.english)) }
        if let address = observation.address { lines.append(("address", address)) }
        lines += details.map { ($0.name, $0.value) }
        let phases = observation.phases
        var previous: Int64 = 0
        for (name, end) in [
            ("name", phases.name), ("connect", phases.connect), ("tls", phases.tls),
            ("first byte", phases.firstByte), ("total", phases.total),
        ] {
            guard let end else { continue }
            lines.append((name, "\(milliseconds(end)) ms (+\(milliseconds(max(0, end - previous))))"))
            previous = end
        }
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { name, value in
            "  " + name + String(repeating: " ", count: width - name.count) + "  " + value.onOneLine + "\n"
        }.joined()
    }

    private static func milliseconds(_ microseconds: Int64) -> String {
        DurationText.seconds(microseconds)
    }
}
