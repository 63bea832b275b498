/// An exclusion that is recorded and applied to nothing.
public struct RefusedExclusion: Hashable, Sendable {
    /// The exclusion.
    public let exclusion: Exclusion
    /// Why it is not admitted.
    public let refusal: ExclusionRefusal

    /// `exclusion`, which is not admitted for `refusal`.
    public init(exclusion: Exclusion, refusal: ExclusionRefusal) {
        self.exclusion = exclusion
        self.refusal = refusal
    }
}
