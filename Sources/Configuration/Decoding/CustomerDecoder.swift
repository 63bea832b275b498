import SLA

/// Reads `customers`, of all the files.
struct CustomerDecoder {
    /// Those that were found right.
    private(set) var customers: [Customer] = []
    /// Where each identifier was first used.
    private(set) var places: [String: String] = [:]

    /// Takes the customers of one file.
    mutating func decode(_ field: Field) {
        guard !field.node.isNull else { return }
        for item in field.list(of: "customers, as {id: acme, name: Acme}") ?? [] { decode(customer: item) }
    }

    private mutating func decode(customer field: Field) {
        guard let section = field.section(["id", "name", "email", "vip", "language", "contract"]),
            let place = section.required("id", "the customer's identifier"), let id = place.identifier()
        else { return }
        if let first = places[id] {
            place.report("a second customer \(id), first at \(first)")
            return
        }
        places[id] = place.place
        var customer = Customer(id: id)
        customer.name = section["name"]?.text("a name") ?? ""
        customer.email = section["email"]?.value("an e-mail address, as it@acme.example") { Self.email($0) }
        customer.isVIP = section["vip"]?.flag() ?? false
        customer.language = section["language"]?.choice()
        customer.contract = section["contract"]?.contract()
        customers.append(customer)
    }

    /// What an address must have to be one; only sending proves it.
    static func email(_ text: String) -> String? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.contains(where: \.isWhitespace),
            !text.hasControlCharacters, text.utf8.count <= 254
        else { return nil }
        return text
    }
}

extension Field {
    /// A contract, as `{number: HĐ-17/2026, from: 2026-01-01, to: 2027-01-01}`; nil, and reported, where it is none.
    func contract() -> ContractReference? {
        guard let section = section(["number", "from", "to"]),
            let number = section.required("number", "the contract's number, as HĐ-17/2026")?.text(
                "the contract's number")
        else { return nil }
        let day = "a date, as 2026-01-01"
        let contract = ContractReference(
            number: number, from: section["from"]?.value(day) { CivilDate($0) },
            to: section["to"]?.value(day) { CivilDate($0) })
        if let from = contract.from, let to = contract.to, to <= from {
            section["to"]?.report("found \(to), expected a day after the first, \(from)")
        }
        return contract
    }
}
