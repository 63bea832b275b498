/// Whether secrets are read.
public enum SecretsPolicy: Sendable {
    /// They are, and one that cannot be read is a mistake: what probes.
    case required
    /// They are not, and each is empty: what only calculates, on a machine that has no credentials.
    case ignored
}
