/// A count with what is counted, as English has it: `1 check`, `2 checks`.
public enum Counted {
    /// `count` and `noun`, with an s where there is not exactly one.
    public static func text(_ count: some BinaryInteger, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
