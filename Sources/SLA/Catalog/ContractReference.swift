/// The signed contract that something belongs to (clause 1): its number and its term, for people. No figure follows from
/// it: what is paid for says which time counts.
public struct ContractReference: Hashable, Sendable {
    /// Its number, as it stands on the paper.
    public var number: String
    /// Its first day; nil where that is not said.
    public var from: CivilDate?
    /// The first day after it; nil where it has no end.
    public var to: CivilDate?

    /// A contract.
    public init(number: String, from: CivilDate? = nil, to: CivilDate? = nil) {
        self.number = number
        self.from = from
        self.to = to
    }
}
