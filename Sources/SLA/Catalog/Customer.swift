/// A person or organisation that uses services under a signed contract (clause 1).
public struct Customer: Hashable, Sendable {
    /// The identifier that services, exclusions and reports use.
    public var id: String
    /// The name people use; empty where none is recorded.
    public var name: String
    /// Where notices go; nil where none is recorded.
    public var email: String?
    /// Whether notices are also given in person (clause 6.1).
    public var isVIP: Bool
    /// The language of notices to it; nil for the provider's own.
    public var language: NoticeLanguage?
    /// The contract of its services that name none of their own; nil where none is recorded.
    public var contract: ContractReference?

    /// A customer.
    public init(
        id: String, name: String = "", email: String? = nil, isVIP: Bool = false, language: NoticeLanguage? = nil,
        contract: ContractReference? = nil
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.isVIP = isVIP
        self.language = language
        self.contract = contract
    }
}
