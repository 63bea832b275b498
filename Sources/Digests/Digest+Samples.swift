import SLA

extension Digest {
    /// The digest of a check's `samples` in a closed month, as ``KeptSeries/line(_:)`` writes each.
    public static func text(of samples: PackedSamples) -> String {
        var digest = Digest()
        var lines: [UInt8] = []
        for sample in samples {
            lines.append(contentsOf: KeptSeries.line(sample).utf8)
            if lines.count > 60_000 {
                digest.add(lines)
                lines.removeAll(keepingCapacity: true)
            }
        }
        digest.add(lines)
        return digest.text
    }
}
