/// The version of this program.
public enum AvaildVersion {
    /// As `--version` prints it.
    public static let text = "0.1.0"
}
